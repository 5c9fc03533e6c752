/* The library's one exported function. */
#include "callbacks.h"
#include "connection.h"
#include "exports.h"
#include "lock.h"
#include "os.h"
#include "runtime.h"

/*
 * Virtual tables that triggers of untrusted schemas may use, and function flags to the same end,
 * came with it.
 */
enum { OLDEST_SQLITE = 3031000 };

static int fail(char **error, const sqlite3_api_routines *api, const char *problem) {
  if (error) *error = api->mprintf("crsqlite: %s", problem);
  return SQLITE_ERROR;
}

/* Installs the functions and tables, if another load has not done so in this connection. */
static int install(struct connection *c, char **error) {
  if (c->installed) return SQLITE_OK;
  const int rc = java_install(c, error);
  c->installed = rc == SQLITE_OK;
  return rc;
}

OS_EXPORT int sqlite3_crsqlite_init(
    sqlite3 *db, char **error, const sqlite3_api_routines *api) {
  if (api->libversion_number() < OLDEST_SQLITE) {
    return fail(error, api, "needs SQLite 3.31 or newer");
  }
  const char *problem = runtime_start();
  if (problem) return fail(error, api, problem);

  struct visit v;
  visit_begin(&v, api);
  int rc;
  struct connection *c = connection_open(db, api);
  if (c) {
    rc = install(c, error);
    connection_release(c);
  } else {
    rc = fail(error, api, "too many copies of SQLite in one process, or out of memory");
  }
  visit_end(&v);
  /*
   * The code must stay mapped as long as the process: its heap and its fork handlers belong to no
   * connection.
   */
  return rc == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : rc;
}
