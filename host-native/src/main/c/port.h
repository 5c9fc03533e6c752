/*
 * What the Java side calls (class Native there), always inside a visit. Pointers into Java arrays
 * are valid until the calling thread goes outside, so only the routines that stay inside take them.
 * Those that return a code of SQLite's give it unchanged.
 */
#pragma once
#include <stdint.h>
#include <string.h>

#include "callbacks.h"
#include "connection.h"
#include "lock.h"

/* C memory, for text that a routine needs while the thread is outside. */

static inline void *host_malloc(int64_t size) {
  return sqlite3_api->malloc64((sqlite3_uint64) size);
}

static inline void host_free(void *p) { sqlite3_api->free(p); }

static inline int32_t host_strlen(const void *text) { return (int32_t) strlen(text); }

/* Connections. */

static inline void *host_errmsg(void *c) {
  return (void *) sqlite3_api->errmsg(((struct connection *) c)->db);
}

static inline int32_t host_errcode(void *c) {
  return sqlite3_api->extended_errcode(((struct connection *) c)->db);
}

static inline int32_t host_autocommit(void *c) {
  return sqlite3_api->get_autocommit(((struct connection *) c)->db);
}

static inline int64_t host_changes(void *c) {
  sqlite3 *db = ((struct connection *) c)->db;
  const bool has_changes64 = sqlite3_api->libversion_number() >= 3037000;
  return has_changes64 ? sqlite3_api->changes64(db) : sqlite3_api->changes(db);
}

static inline int32_t host_writes(void *c, const void *schema) {
  return sqlite3_api->txn_state(((struct connection *) c)->db, schema) == SQLITE_TXN_WRITE;
}

/* Databases 0 and 1 are main and temp. */
static inline int32_t host_attached_written(void *c) {
  sqlite3 *db = ((struct connection *) c)->db;
  if (sqlite3_api->libversion_number() < 3039000) return -1;
  int32_t written = 0;
  const char *name;
  for (int i = 2; (name = sqlite3_api->db_name(db, i)) != NULL; i++) {
    written += host_writes(c, name);
  }
  return written;
}

static inline int32_t host_create_function(
    void *connection, const void *name, int32_t args, int32_t flags, int32_t object) {
  struct connection *c = connection;
  struct registration *r = registration_new(c, object, false, "");
  if (!r) return SQLITE_NOMEM;
  scalar_callback *callback = scalar_callbacks[c->slot];
  return OUTSIDE(int, create_function_v2(
      c->db, name, args, SQLITE_UTF8 | flags, r, callback, NULL, NULL, registration_destroy));
}

static inline int32_t host_create_table(
    void *connection, const void *name, int32_t kind, int32_t innocuous, const void *declaration,
    int32_t object) {
  struct connection *c = connection;
  struct registration *r = registration_new(c, object, innocuous, declaration);
  if (!r) return SQLITE_NOMEM;
  return OUTSIDE(int, create_module_v2(c->db, name, &table_modules[kind], r, registration_destroy));
}

/* Errors: what SQLite frees must come from its own allocator. */

static inline void host_set_error(void *char_pointer, const void *utf8, int32_t length) {
  char **error = char_pointer;
  if (!error) return;
  sqlite3_api->free(*error);
  *error = sqlite3_api->mprintf("%.*s", length, utf8);
}

static inline void host_table_error(void *vtab, const void *utf8, int32_t length) {
  host_set_error(&((sqlite3_vtab *) vtab)->zErrMsg, utf8, length);
}

/* Statements. */

static inline void *host_prepare(void *c, const void *sql, int32_t flags) {
  sqlite3_stmt *s = NULL;
  OUTSIDE(int, prepare_v3(((struct connection *) c)->db, sql, -1, (unsigned) flags, &s, NULL));
  return s;
}

static inline int32_t host_step(void *s) { return OUTSIDE(int, step(s)); }

static inline void host_reset(void *s) { (void) OUTSIDE(int, reset(s)); }

static inline void host_finalize(void *s) { (void) OUTSIDE(int, finalize(s)); }

static inline void host_clear_bindings(void *s) { sqlite3_api->clear_bindings(s); }

static inline int32_t host_reprepared(void *s) {
  return sqlite3_api->stmt_status(s, SQLITE_STMTSTATUS_REPREPARE, false);
}

static inline int32_t host_bind_null(void *s, int32_t i) { return sqlite3_api->bind_null(s, i); }

static inline int32_t host_bind_int64(void *s, int32_t i, int64_t v) {
  return sqlite3_api->bind_int64(s, i, v);
}

static inline int32_t host_bind_double(void *s, int32_t i, double v) {
  return sqlite3_api->bind_double(s, i, v);
}

static inline int32_t host_bind_text(void *s, int32_t i, const void *utf8, int32_t n) {
  return sqlite3_api->bind_text(s, i, utf8, n, SQLITE_TRANSIENT);
}

static inline int32_t host_bind_blob(void *s, int32_t i, const void *bytes, int32_t n) {
  return sqlite3_api->bind_blob(s, i, bytes, n, SQLITE_TRANSIENT);
}

static inline int32_t host_bind_value(void *s, int32_t i, const void *v) {
  return sqlite3_api->bind_value(s, i, v);
}

static inline int32_t host_column_count(void *s) { return sqlite3_api->column_count(s); }

static inline int32_t host_column_type(void *s, int32_t i) {
  return sqlite3_api->column_type(s, i);
}

static inline int64_t host_column_int64(void *s, int32_t i) {
  return sqlite3_api->column_int64(s, i);
}

static inline double host_column_double(void *s, int32_t i) {
  return sqlite3_api->column_double(s, i);
}

static inline void *host_column_text(void *s, int32_t i) {
  return (void *) sqlite3_api->column_text(s, i);
}

static inline void *host_column_blob(void *s, int32_t i) {
  return (void *) sqlite3_api->column_blob(s, i);
}

static inline int32_t host_column_bytes(void *s, int32_t i) {
  return sqlite3_api->column_bytes(s, i);
}

static inline void *host_column_value(void *s, int32_t i) {
  return sqlite3_api->column_value(s, i);
}

/* Values. */

static inline int32_t host_value_type(void *v) { return sqlite3_api->value_type(v); }

static inline int64_t host_value_int64(void *v) { return sqlite3_api->value_int64(v); }

static inline double host_value_double(void *v) { return sqlite3_api->value_double(v); }

static inline void *host_value_text(void *v) { return (void *) sqlite3_api->value_text(v); }

static inline void *host_value_blob(void *v) { return (void *) sqlite3_api->value_blob(v); }

static inline int32_t host_value_bytes(void *v) { return sqlite3_api->value_bytes(v); }

/* Results. */

static inline void host_result_null(void *context) { sqlite3_api->result_null(context); }

static inline void host_result_int64(void *context, int64_t v) {
  sqlite3_api->result_int64(context, v);
}

static inline void host_result_double(void *context, double v) {
  sqlite3_api->result_double(context, v);
}

static inline void host_result_text(void *context, const void *utf8, int32_t n) {
  sqlite3_api->result_text(context, utf8, n, SQLITE_TRANSIENT);
}

static inline void host_result_blob(void *context, const void *bytes, int32_t n) {
  sqlite3_api->result_blob(context, bytes, n, SQLITE_TRANSIENT);
}

static inline void host_result_value(void *context, void *v) {
  sqlite3_api->result_value(context, v);
}

/* The code goes second: it would set a message of its own if there were none yet. */
static inline void host_result_error(void *context, const void *utf8, int32_t n, int32_t code) {
  sqlite3_api->result_error(context, utf8, n);
  sqlite3_api->result_error_code(context, code);
}

/* Query plans. */

static inline int32_t host_plan_constraints(void *p) {
  return ((sqlite3_index_info *) p)->nConstraint;
}

static inline int32_t host_plan_column(void *p, int32_t i) {
  return ((sqlite3_index_info *) p)->aConstraint[i].iColumn;
}

static inline int32_t host_plan_operator(void *p, int32_t i) {
  return ((sqlite3_index_info *) p)->aConstraint[i].op;
}

static inline int32_t host_plan_usable(void *p, int32_t i) {
  return ((sqlite3_index_info *) p)->aConstraint[i].usable;
}

static inline int32_t host_plan_orderings(void *p) { return ((sqlite3_index_info *) p)->nOrderBy; }

static inline int32_t host_plan_order_column(void *p, int32_t i) {
  return ((sqlite3_index_info *) p)->aOrderBy[i].iColumn;
}

static inline int32_t host_plan_order_descending(void *p, int32_t i) {
  return ((sqlite3_index_info *) p)->aOrderBy[i].desc;
}

static inline void host_plan_use(void *p, int32_t i, int32_t arg, int32_t omit) {
  ((sqlite3_index_info *) p)->aConstraintUsage[i].argvIndex = arg + 1;
  ((sqlite3_index_info *) p)->aConstraintUsage[i].omit = (unsigned char) omit;
}

static inline void host_plan_settle(
    void *p, int32_t plan, double cost, int64_t rows, int32_t ordered) {
  sqlite3_index_info *info = p;
  info->idxNum = plan;
  info->estimatedCost = cost;
  info->estimatedRows = rows;
  info->orderByConsumed = ordered;
}
