/* What the test programs share: connections that have loaded a library, and checks that end them. */
#pragma once
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { BUSY_TIMEOUT = 20000 };

#define CHECK(condition) \
  do { \
    if (!(condition)) { \
      printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
      exit(1); \
    } \
  } while (0)

static const char *library;

static int keep_number(void *number, int columns, char **values, char **names) {
  (void) columns, (void) names;
  *(long long *) number = values[0] ? atoll(values[0]) : 0;
  return 0;
}

/* The first value of a query as a number. */
static long long number(sqlite3 *db, const char *sql) {
  long long result = -1;
  char *error = NULL;
  if (sqlite3_exec(db, sql, keep_number, &result, &error) != SQLITE_OK) {
    printf("%s: %s\n", sql, error);
    exit(1);
  }
  return result;
}

static void run(sqlite3 *db, const char *sql) { number(db, sql); }

static sqlite3 *open_db(const char *path) {
  sqlite3 *db;
  CHECK(sqlite3_open(path, &db) == SQLITE_OK);
  sqlite3_busy_timeout(db, BUSY_TIMEOUT);
  sqlite3_enable_load_extension(db, 1);
  return db;
}

static void load(sqlite3 *db) {
  char *error = NULL;
  if (sqlite3_load_extension(db, library, "sqlite3_crsqlite_init", &error) != SQLITE_OK) {
    printf("load: %s\n", error);
    exit(1);
  }
}

static sqlite3 *loaded(const char *path) {
  sqlite3 *db = open_db(path);
  load(db);
  return db;
}

static void close_db(sqlite3 *db) { CHECK(sqlite3_close(db) == SQLITE_OK); }

static long resident_pages(void) {
  long size, resident;
  FILE *f = fopen("/proc/self/statm", "r");
  CHECK(f && fscanf(f, "%ld %ld", &size, &resident) == 2);
  fclose(f);
  return resident;
}
