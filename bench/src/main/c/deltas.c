#include "deltas.h"

#include "rows.h"
#include "works.h"

enum { CELLS = 100, ASKED = 50 };

static void write_cells(sqlite3 *db, const struct run *run) {
  if (run->rows < CELLS) skip("the table has fewer than %d rows", CELLS);
  sqlite3_stmt *update = prepare(db, "UPDATE todo SET done = done + 1 WHERE id = ?");
  execute(db, "BEGIN");
  for (long i = 0; i < CELLS; i++) {
    bind_key(update, 1, run->key, i * (run->rows / CELLS));
    drain(update);
  }
  execute(db, "COMMIT");
  finalize(update);
}

/* The first time pays for compiling and for what the connection learns once. */
static void ask(sqlite3_stmt *read, struct sample *sample, long rows) {
  const double began = wall_now();
  long got = drain(read);
  sample->first = wall_now() - began;
  begin(sample);
  for (int i = 0; i < ASKED; i++) got = drain(read);
  end(sample, ASKED);
  if (got != rows) fail("the delta has %ld rows instead of %ld", got, rows);
}

static void ask_rows(sqlite3 *db, const struct run *run, struct sample *sample) {
  const bool crsql = run->side == CRSQL;
  const long since =
      number(db, crsql ? "SELECT crsql_dbversion()" : "SELECT cloudsync_db_version()");
  write_cells(db, run);
  sqlite3_stmt *read = prepare(db, crsql ? "SELECT * FROM crsql_changes WHERE db_version > ?"
                                         : "SELECT * FROM cloudsync_changes WHERE db_version > ?");
  sqlite3_bind_int64(read, 1, since);
  ask(read, sample, CELLS);
  finalize(read);
}

static void ask_changeset(sqlite3 *db, const struct run *run, struct sample *sample) {
  need(db, "crsql_version_vector", "SELECT crsql_version_vector()");
  need(db, "crsql_changeset", "SELECT crsql_changeset(NULL)");
  sqlite3_stmt *vector = prepare(db, "SELECT crsql_version_vector()");
  if (sqlite3_step(vector) != SQLITE_ROW) fail_sqlite(db, "crsql_version_vector");
  sqlite3_stmt *read = prepare(db, "SELECT crsql_changeset(?)");
  sqlite3_bind_value(read, 1, sqlite3_column_value(vector, 0));
  finalize(vector);
  write_cells(db, run);
  ask(read, sample, 1);
  finalize(read);
}

void ask_delta(sqlite3 *db, const struct run *run, enum form form, struct sample *sample) {
  if (form == ROWS) {
    ask_rows(db, run, sample);
  } else {
    ask_changeset(db, run, sample);
  }
}

static void delta_rows(const struct run *run, struct sample *sample) {
  ask_delta(open_copy(run, &filled), run, ROWS, sample);
}

static void delta_changeset(const struct run *run, struct sample *sample) {
  ask_delta(open_copy(run, &filled), run, CHANGESETS, sample);
}

#define DELTAS(factor_, shrink_)                                                                  \
  {.name = "delta_rows", .unit = "delta", .sides = ON(CRSQL) | ON(SYNC), .run = delta_rows,      \
   .factor = factor_, .shrink = shrink_},                                                        \
      {.name = "delta_changeset", .unit = "delta", .sides = ON(CRSQL), .run = delta_changeset,   \
       .factor = factor_, .shrink = shrink_}

const struct work delta_works[] = {DELTAS(10, true), DELTAS(1, false), DELTAS(10, false), {0}};
