/*
 * The compiled extension in a libFuzzer program: copies of two databases with the schema, and what
 * must always hold. Built by native.sh, with crsql's C code under AddressSanitizer and
 * UndefinedBehaviorSanitizer.
 */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ACTIONS = 64 };

struct sqlite3_api_routines;
int sqlite3_crsqlite_init(sqlite3 *db, char **error, const struct sqlite3_api_routines *api);

static const char *const tables[] = {"t", "n", "c", "nc", "st", "ko", "ck", "l"};
static const struct sqlite3_api_routines *api;
static const char *actions[MOST_ACTIONS];
static int action_count;
static unsigned char *images[2];
static sqlite3_int64 image_sizes[2];

static inline void fail(const char *what, const char *detail) {
  fprintf(stderr, "finding: %s: %s\n", what, detail ? detail : "");
  abort();
}

static inline void check_message(const char *message) {
  static const char *const never[] = {
    "crsql: internal error", "crsql: a row index", "crsql: the clock runs", "crsql: out of memory"
  };
  for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
    if (strncmp(message, never[i], strlen(never[i])) == 0) fail("error", message);
  }
}

/* Runs a statement; false if it fails, in a way in which it may. */
static inline bool run(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK) return true;
  check_message(message);
  sqlite3_free(message);
  return false;
}

static inline sqlite3_int64 number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *stmt;
  if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
  if (sqlite3_step(stmt) != SQLITE_ROW) fail(sql, sqlite3_errmsg(db));
  const sqlite3_int64 n = sqlite3_column_int64(stmt, 0);
  sqlite3_finalize(stmt);
  return n;
}

static inline char *text(sqlite3 *db, const char *sql) {
  sqlite3_stmt *stmt;
  if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
  if (sqlite3_step(stmt) != SQLITE_ROW) fail(sql, sqlite3_errmsg(db));
  const unsigned char *value = sqlite3_column_text(stmt, 0);
  char *copy = strdup(value ? (const char *) value : "");
  sqlite3_finalize(stmt);
  return copy;
}

/* The lines of a file, each a copy of its own. */
static inline int read_lines(const char *folder, const char *name, const char **lines) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  if (!file) fail("cannot open", path);
  char buffer[4096];
  int count = 0;
  while (count < MOST_ACTIONS && fgets(buffer, sizeof buffer, file)) {
    buffer[strcspn(buffer, "\n")] = 0;
    lines[count++] = strdup(buffer);
  }
  fclose(file);
  return count;
}

/* SQLite hands its functions to extensions only. */
static inline int keep_api(sqlite3 *db, char **error, const struct sqlite3_api_routines *routines) {
  (void) db;
  (void) error;
  api = routines;
  return SQLITE_OK;
}

/* After deserialize, which leaves virtual tables that are in use with a schema that is gone. */
static inline void load(sqlite3 *db) {
  char *error = NULL;
  if (sqlite3_crsqlite_init(db, &error, api) != SQLITE_OK_LOAD_PERMANENTLY) fail("load", error);
}

/* Databases with the schema are made once and copied for each series. */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void) argc;
  (void) argv;
  const char *folder = getenv("CRSQL_FUZZ");
  if (!folder) fail("CRSQL_FUZZ must be the folder of schema.sql", NULL);
  sqlite3_auto_extension((void (*)(void)) keep_api);
  const char *schema[MOST_ACTIONS];
  const int statements = read_lines(folder, "schema.sql", schema);
  action_count = read_lines(folder, "actions.sql", actions);
  for (int i = 0; i < 2; i++) {
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) fail("open", sqlite3_errmsg(db));
    load(db);
    for (int s = 0; s < statements; s++) {
      if (!run(db, schema[s])) fail(schema[s], sqlite3_errmsg(db));
    }
    images[i] = sqlite3_serialize(db, "main", &image_sizes[i], 0);
    sqlite3_close(db);
  }
  for (int s = 0; s < statements; s++) free((void *) schema[s]);
  return 0;
}

static inline sqlite3 *open_copy(int image) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) fail("open", sqlite3_errmsg(db));
  unsigned char *copy = sqlite3_malloc64((sqlite3_uint64) image_sizes[image]);
  memcpy(copy, images[image], (size_t) image_sizes[image]);
  const int rc = sqlite3_deserialize(
      db, "main", copy, image_sizes[image], image_sizes[image],
      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (rc != SQLITE_OK) fail("deserialize", sqlite3_errmsg(db));
  load(db);
  return db;
}

static inline void check_sound(sqlite3 *db) {
  char *result = text(db, "PRAGMA integrity_check");
  if (strcmp(result, "ok") != 0) fail("integrity_check", result);
  free(result);
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    char sql[64];
    snprintf(sql, sizeof sql, "DELETE FROM %s", tables[i]);
    if (!run(db, sql)) fail(sql, sqlite3_errmsg(db));
  }
}
