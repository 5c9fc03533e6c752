/*
 * What this library keeps in C for each connection it is loaded into, and for each thing registered
 * there.
 */
#pragma once
#include <sqlite3ext.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A connection with the SQLite that it belongs to. Lives while something is registered. Changed
 * under the lock only.
 */
struct connection {
  sqlite3 *db;
  const sqlite3_api_routines *api;
  int slot; /* of the copy of SQLite, see copies.h */
  int users;
  bool installed;
  struct connection *next;
};

/* A function or table of a connection; SQLite passes it to every callback. */
struct registration {
  struct connection *connection;
  int32_t object; /* handle of the Java object */
  int users;      /* SQLite, and the virtual tables that are connected */
  bool innocuous;
  char declaration[]; /* of a virtual table */
};

/*
 * The connection, made if it is new; one more user. NULL if memory or slots (a process with very
 * many SQLites) ran out.
 */
struct connection *connection_open(sqlite3 *db, const sqlite3_api_routines *api);
void connection_release(struct connection *c);

/* A new registration with one user, or NULL if memory ran out. */
struct registration *registration_new(
    struct connection *c, int32_t object, bool innocuous, const char *declaration);

/* Ends one use; the last one frees the Java object's handle too. */
void registration_release(struct registration *r);
