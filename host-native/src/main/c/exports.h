/*
 * The methods of io.crsql.host.nativ.Callbacks that C calls, inside a visit. Tables and cursors go
 * by the handles of their Java objects. Those that return int give SQLite's result codes.
 */
#pragma once
#include <stdint.h>

enum transaction_event { BEGIN, SYNC, COMMIT, ROLLBACK, SAVEPOINT, ROLLBACK_TO };

/* Throws; the caller is Java code. */
extern void java_out_of_memory(void);

extern int32_t java_install(void *connection, void *error_out);
extern void java_release(int32_t object);
extern void java_call(int32_t function, void *context, int32_t argc, void *argv);
extern int32_t java_plan(int32_t table, void *vtab, void *index_info);
extern int32_t java_open(int32_t table, void *vtab, void *cursor_out);
extern int32_t java_filter(
    int32_t cursor, void *vtab, void *eof_out, int32_t plan, int32_t argc, void *argv);
extern int32_t java_next(int32_t cursor, void *vtab, void *eof_out);
extern int32_t java_column(int32_t cursor, void *vtab, void *context, int32_t column);
extern int32_t java_rowid(int32_t cursor, void *vtab, void *rowid_out);
extern void java_close(int32_t cursor);
extern int32_t java_update(int32_t table, void *vtab, int32_t argc, void *argv, void *rowid_out);
extern int32_t java_transaction(int32_t table, void *vtab, int32_t event, int32_t savepoint);
extern void java_disconnect(int32_t table);
