#include "database.h"

#include <stdio.h>
#include <sys/stat.h>

void fail_sqlite(sqlite3 *db, const char *what) { fail("%s: %s", what, sqlite3_errmsg(db)); }

void path_of(const struct run *run, const char *name, char path[PATH_SIZE]) {
  snprintf(path, PATH_SIZE, "%s/%s", run->directory, name);
}

void load_extension(sqlite3 *db, const char *library) {
  char *message = NULL;
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
  if (sqlite3_load_extension(db, library, NULL, &message) != SQLITE_OK) {
    fail("%s: %s", library, message);
  }
}

sqlite3 *open_database(const struct run *run, const char *path) {
  sqlite3 *db;
  if (sqlite3_open(path, &db) != SQLITE_OK) fail_sqlite(db, path);
  const char *library = run->options->library[run->side];
  if (library != NULL) load_extension(db, library);
  execute(db, "PRAGMA journal_mode = WAL");
  execute(db, "PRAGMA synchronous = NORMAL");
  return db;
}

void close_database(sqlite3 *db, enum side side) {
  if (side == SYNC) execute(db, "SELECT cloudsync_terminate()");
  if (sqlite3_close(db) != SQLITE_OK) fail_sqlite(db, "close");
}

void create_table(sqlite3 *db, enum key key) {
  execute(db, key == TEXT_KEY
                  ? "CREATE TABLE todo(id TEXT PRIMARY KEY NOT NULL, title TEXT, done INT, pos REAL,"
                    " note TEXT)"
                  : "CREATE TABLE todo(id INTEGER PRIMARY KEY NOT NULL, title TEXT, done INT,"
                    " pos REAL, note TEXT)");
}

void replicate(sqlite3 *db, const struct run *run) {
  if (run->side == CRSQL) {
    execute(db, "SELECT crsql_as_crr('todo')");
  } else if (run->side == SYNC) {
    execute(db, run->key == TEXT_KEY ? "SELECT cloudsync_init('todo')"
                                     : "SELECT cloudsync_init('todo', 'cls', 1)");
  }
}

void execute(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail_sqlite(db, sql);
}

sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail_sqlite(db, sql);
  return statement;
}

long drain(sqlite3_stmt *statement) {
  long rows = 0;
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) rows++;
  if (code != SQLITE_DONE) fail_sqlite(sqlite3_db_handle(statement), sqlite3_sql(statement));
  sqlite3_reset(statement);
  return rows;
}

void finalize(sqlite3_stmt *statement) { sqlite3_finalize(statement); }

long number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = prepare(db, sql);
  if (sqlite3_step(statement) != SQLITE_ROW) fail_sqlite(db, sql);
  const long value = (long)sqlite3_column_int64(statement, 0);
  finalize(statement);
  return value;
}

long file_size(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) fail("%s is missing", path);
  return (long)status.st_size;
}

void need(sqlite3 *db, const char *what, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
    skip("the library has no %s", what);
  }
  finalize(statement);
}
