#include "callbacks.h"

#include <stdlib.h>

#include "connection.h"
#include "exports.h"
#include "lock.h"

void registration_destroy(void *registration) {
  struct registration *r = registration;
  struct visit v;
  visit_begin(&v, r->connection->api);
  registration_release(r);
  visit_end(&v);
}

/* Scalar functions. */

static const sqlite3_api_routines *slot_api[SCALAR_SLOTS];

void scalar_slot(int slot, const sqlite3_api_routines *api) { slot_api[slot] = api; }

static inline void scalar(
    const sqlite3_api_routines *api, sqlite3_context *context, int argc, sqlite3_value **argv) {
  const struct registration *r = api->user_data(context);
  struct visit v;
  visit_begin(&v, api);
  java_call(r->object, context, argc, argv);
  visit_end(&v);
}

#define SCALAR(slot) \
  static void scalar_##slot(sqlite3_context *context, int argc, sqlite3_value **argv) { \
    scalar(slot_api[slot], context, argc, argv); \
  }
SCALAR(0)
SCALAR(1)
SCALAR(2)
SCALAR(3)
SCALAR(4)
SCALAR(5)
SCALAR(6)
SCALAR(7)
#undef SCALAR

scalar_callback *const scalar_callbacks[SCALAR_SLOTS] = {
  scalar_0, scalar_1, scalar_2, scalar_3, scalar_4, scalar_5, scalar_6, scalar_7,
};

/* Virtual tables. */

struct table {
  sqlite3_vtab base;
  struct registration *registration;
};

struct cursor {
  sqlite3_vtab_cursor base;
  int32_t object;
  int32_t eof; /* kept here, for SQLite asks after each step, and a visit costs more than the answer */
};

static const struct registration *registration_of(const sqlite3_vtab *vtab) {
  return ((const struct table *) vtab)->registration;
}

/* Runs a call to Java as a visit on behalf of a table; `r` in it is the table's registration. */
#define VISIT(vtab, type, call) \
  ({ \
    const struct registration *const r = registration_of(vtab); \
    struct visit visit_; \
    visit_begin(&visit_, r->connection->api); \
    const type result_ = (call); \
    visit_end(&visit_); \
    result_; \
  })

static int table_connect(
    sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **error) {
  (void) argc, (void) argv, (void) error;
  struct registration *r = aux;
  const sqlite3_api_routines *api = r->connection->api;
  if (r->innocuous) api->vtab_config(db, SQLITE_VTAB_INNOCUOUS);
  const int rc = api->declare_vtab(db, r->declaration);
  if (rc != SQLITE_OK) return rc;
  struct table *t = calloc(1, sizeof *t);
  if (!t) return SQLITE_NOMEM;
  struct visit v;
  visit_begin(&v, api);
  r->users++;
  visit_end(&v);
  t->registration = r;
  *out = &t->base;
  return SQLITE_OK;
}

static int table_disconnect(sqlite3_vtab *vtab) {
  struct table *t = (struct table *) vtab;
  struct registration *r = t->registration;
  struct visit v;
  visit_begin(&v, r->connection->api);
  java_disconnect(r->object);
  registration_release(r);
  visit_end(&v);
  free(t);
  return SQLITE_OK;
}

static int table_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
  return VISIT(vtab, int, java_plan(r->object, vtab, info));
}

static int table_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
  struct cursor *c = calloc(1, sizeof *c);
  if (!c) return SQLITE_NOMEM;
  const int rc = VISIT(vtab, int, java_open(r->object, vtab, &c->object));
  if (rc == SQLITE_OK) {
    *out = &c->base;
  } else {
    free(c);
  }
  return rc;
}

static int table_update(sqlite3_vtab *vtab, int argc, sqlite3_value **argv, sqlite3_int64 *rowid) {
  return VISIT(vtab, int, java_update(r->object, vtab, argc, argv, rowid));
}

static int cursor_close(sqlite3_vtab_cursor *base) {
  struct cursor *c = (struct cursor *) base;
  (void) VISIT(base->pVtab, int, (java_close(c->object), (void) r, SQLITE_OK));
  free(c);
  return SQLITE_OK;
}

static int cursor_filter(
    sqlite3_vtab_cursor *base, int plan, const char *text, int argc, sqlite3_value **argv) {
  (void) text;
  struct cursor *c = (struct cursor *) base;
  return VISIT(base->pVtab, int, java_filter(c->object, base->pVtab, &c->eof, plan, argc, argv));
}

static int cursor_next(sqlite3_vtab_cursor *base) {
  struct cursor *c = (struct cursor *) base;
  return VISIT(base->pVtab, int, java_next(c->object, base->pVtab, &c->eof));
}

static int cursor_eof(sqlite3_vtab_cursor *base) { return ((struct cursor *) base)->eof; }

static int cursor_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
  const int32_t cursor = ((struct cursor *) base)->object;
  return VISIT(base->pVtab, int, java_column(cursor, base->pVtab, context, column));
}

static int cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
  const int32_t cursor = ((struct cursor *) base)->object;
  return VISIT(base->pVtab, int, java_rowid(cursor, base->pVtab, rowid));
}

static int transaction(sqlite3_vtab *vtab, enum transaction_event event, int savepoint) {
  return VISIT(vtab, int, java_transaction(r->object, vtab, event, savepoint));
}

static int table_begin(sqlite3_vtab *vtab) { return transaction(vtab, BEGIN, 0); }

static int table_sync(sqlite3_vtab *vtab) { return transaction(vtab, SYNC, 0); }

static int table_commit(sqlite3_vtab *vtab) { return transaction(vtab, COMMIT, 0); }

static int table_rollback(sqlite3_vtab *vtab) { return transaction(vtab, ROLLBACK, 0); }

/*
 * Every statement that fires a trigger begins a savepoint. Of those Java wants to know whether a
 * further attached database is written, which it is not if none is attached (0 is main, 1 temp).
 */
static int table_savepoint(sqlite3_vtab *vtab, int id) {
  const struct connection *c = registration_of(vtab)->connection;
  if (c->api->libversion_number() >= 3039000 && !c->api->db_name(c->db, 2)) return SQLITE_OK;
  return transaction(vtab, SAVEPOINT, id);
}

static int table_rollback_to(sqlite3_vtab *vtab, int id) {
  return transaction(vtab, ROLLBACK_TO, id);
}

/* Without xCreate a table is eponymous only: it exists in every connection, and in no schema. */
#define READ_ONLY_MEMBERS \
  .iVersion = 2, .xConnect = table_connect, .xBestIndex = table_best_index, \
  .xDisconnect = table_disconnect, .xOpen = table_open, .xClose = cursor_close, \
  .xFilter = cursor_filter, .xNext = cursor_next, .xEof = cursor_eof, .xColumn = cursor_column, \
  .xRowid = cursor_rowid

const sqlite3_module table_modules[] = {
  [READ_ONLY] = {READ_ONLY_MEMBERS},
  [WRITABLE] = {READ_ONLY_MEMBERS, .xUpdate = table_update},
  [TRANSACTIONAL] =
      {READ_ONLY_MEMBERS, .xUpdate = table_update, .xBegin = table_begin, .xSync = table_sync,
       .xCommit = table_commit, .xRollback = table_rollback, .xSavepoint = table_savepoint,
       .xRollbackTo = table_rollback_to},
};
