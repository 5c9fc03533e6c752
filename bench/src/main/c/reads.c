/* Reading the table, and reading what a database has to send. */
#include <stdio.h>
#include <string.h>

#include "exchange.h"
#include "rows.h"
#include "works.h"

/* Looks at every value, as a driver does that hands them on. */
static long take(sqlite3_stmt *statement) {
  long bytes = 0;
  for (int c = 0; c < sqlite3_column_count(statement); c++) {
    switch (sqlite3_column_type(statement, c)) {
      case SQLITE_INTEGER: bytes += sqlite3_column_int64(statement, c) != 0; break;
      case SQLITE_FLOAT: bytes += sqlite3_column_double(statement, c) != 0; break;
      case SQLITE_NULL: break;
      default: bytes += sqlite3_column_blob(statement, c) == NULL;
               bytes += sqlite3_column_bytes(statement, c);
    }
  }
  return bytes;
}

static void read_all(sqlite3 *db, const struct run *run, struct sample *sample, const char *sql) {
  long bytes = 0;
  int code;
  begin(sample);
  const double began = wall_now();
  sqlite3_stmt *read = prepare(db, sql);
  code = sqlite3_step(read);
  sample->first = wall_now() - began;
  for (; code == SQLITE_ROW; code = sqlite3_step(read)) bytes += take(read);
  if (code != SQLITE_DONE) fail_sqlite(db, sql);
  end(sample, 4 * run->rows);
  sample->bytes = bytes;
}

static void read_form(const struct run *run, struct sample *sample,
                      const struct preparation *preparation, enum form form) {
  sqlite3 *db = open_copy(run, preparation);
  if (run->side == PLAIN) {
    read_all(db, run, sample, "SELECT * FROM todo");
  } else {
    need_form(db, run->side, form);
    read_all(db, run, sample, reading(run->side, form));
  }
}

static void read_changes(const struct run *run, struct sample *sample) {
  read_form(run, sample, &filled, ROWS);
}

static void read_changes_folded(const struct run *run, struct sample *sample) {
  read_form(run, sample, &folded, ROWS);
}

static void read_changesets(const struct run *run, struct sample *sample) {
  read_form(run, sample, &filled, CHANGESETS);
}

static void read_changesets_folded(const struct run *run, struct sample *sample) {
  read_form(run, sample, &folded, CHANGESETS);
}

static void note_plan(sqlite3 *db, const char *sql, struct sample *sample) {
  char explain[256];
  snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
  sqlite3_stmt *plan = prepare(db, explain);
  size_t length = 0;
  while (sqlite3_step(plan) == SQLITE_ROW && length < sizeof sample->plan) {
    const int wrote = snprintf(sample->plan + length, sizeof sample->plan - length, "%s%s",
                               length == 0 ? "" : "; ", sqlite3_column_text(plan, 3));
    length += (size_t)wrote;
  }
  finalize(plan);
}

static void select_by_key(const struct run *run, struct sample *sample) {
  static const char sql[] = "SELECT * FROM todo WHERE id = ?";
  sqlite3 *db = open_copy(run, &filled);
  note_plan(db, sql, sample);
  sqlite3_stmt *select = prepare(db, sql);
  begin(sample);
  execute(db, "BEGIN");
  for (long i = 0; i < run->rows; i++) {
    bind_key(select, 1, run->key, i);
    if (sqlite3_step(select) != SQLITE_ROW) fail_sqlite(db, sql);
    take(select);
    sqlite3_reset(select);
  }
  execute(db, "COMMIT");
  end(sample, run->rows);
}

static void select_scan(const struct run *run, struct sample *sample) {
  static const char sql[] = "SELECT sum(pos), sum(length(title)) FROM todo WHERE done = 0";
  sqlite3 *db = open_copy(run, &filled);
  note_plan(db, sql, sample);
  begin(sample);
  execute(db, sql);
  end(sample, run->rows);
}

#define EVERYONE (ON(PLAIN) | ON(CRSQL) | ON(SYNC))

const struct work read_works[] = {
    {.name = "read_changes", .unit = "cell", .sides = EVERYONE, .run = read_changes},
    {.name = "read_changes_folded",
     .unit = "cell",
     .sides = ON(PLAIN) | ON(CRSQL),
     .run = read_changes_folded},
    {.name = "read_changesets", .unit = "cell", .sides = EVERYONE, .run = read_changesets},
    {.name = "read_changesets_folded",
     .unit = "cell",
     .sides = ON(PLAIN) | ON(CRSQL),
     .run = read_changesets_folded},
    {.name = "select_by_key", .unit = "row", .sides = EVERYONE, .run = select_by_key},
    {.name = "select_scan", .unit = "row", .sides = EVERYONE, .run = select_scan},
    {0}};
