/*
 * What SQLite calls. Each callback is a visit to the Java side; see exports.h for what happens
 * there.
 */
#pragma once
#include <sqlite3ext.h>

/*
 * A scalar function learns its registration from sqlite3_user_data(), a routine of the very copy of
 * SQLite that calls it, which the call does not tell. So each copy has a slot, and each slot an
 * entry point of its own.
 */
enum { SCALAR_SLOTS = 8 };

typedef void scalar_callback(sqlite3_context *, int, sqlite3_value **);

extern scalar_callback *const scalar_callbacks[SCALAR_SLOTS];
void scalar_slot(int slot, const sqlite3_api_routines *api);

/* Virtual tables by what they can do; all are eponymous. */
enum table_kind { READ_ONLY, WRITABLE, TRANSACTIONAL };

extern const sqlite3_module table_modules[];

/* Frees a registration: xDestroy of functions and modules. */
void registration_destroy(void *registration);
