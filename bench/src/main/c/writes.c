/* Local writes, each in one transaction unless it says otherwise. */
#include "prepared.h"
#include "rows.h"
#include "works.h"

#define EVERYONE (ON(PLAIN) | ON(CRSQL) | ON(SYNC))

/* What a write leaves to be done later, once for all: the log's tail, which a merge or, when it has
   grown long, any write must fold. */
enum then { NOTHING, FOLD };

static void finish(sqlite3 *db, const struct run *run, struct sample *sample, enum then then,
                   long count) {
  if (then == FOLD && run->side == CRSQL) execute(db, "SELECT crsql_optimize()");
  end(sample, count);
}

static void insert_then(const struct run *run, struct sample *sample, enum then then) {
  sqlite3 *db = open_copy(run, &empty);
  begin(sample);
  execute(db, "BEGIN");
  insert_rows(db, run->key, 0, run->rows);
  execute(db, "COMMIT");
  finish(db, run, sample, then, run->rows);
}

static void insert_transactions(const struct run *run, struct sample *sample) {
  sqlite3 *db = open_copy(run, &empty);
  begin(sample);
  insert_rows(db, run->key, 0, run->options->transactions);
  end(sample, run->options->transactions);
}

/* Every step-th row, by a statement whose last parameter is the key. */
static void by_key(const struct run *run, struct sample *sample, enum then then, const char *sql,
                   int step) {
  sqlite3 *db = open_copy(run, then == FOLD ? &folded : &filled);
  sqlite3_stmt *statement = prepare(db, sql);
  const int key_index = sqlite3_bind_parameter_count(statement);
  begin(sample);
  execute(db, "BEGIN");
  for (long i = 0; i < run->rows; i += step) {
    bind_key(statement, key_index, run->key, i);
    drain(statement);
  }
  execute(db, "COMMIT");
  finish(db, run, sample, then, run->rows / step);
}

static void update_column_then(const struct run *run, struct sample *sample, enum then then) {
  by_key(run, sample, then, "UPDATE todo SET done = 1 WHERE id = ?", 1);
}

static void update_all_then(const struct run *run, struct sample *sample, enum then then) {
  by_key(run, sample, then,
         "UPDATE todo SET title = 'another title', done = done + 1, pos = pos + 1,"
         " note = 'another note, a little longer' WHERE id = ?",
         1);
}

static void delete_half_then(const struct run *run, struct sample *sample, enum then then) {
  by_key(run, sample, then, "DELETE FROM todo WHERE id = ?", 2);
}

static void update_statement_then(const struct run *run, struct sample *sample, enum then then) {
  sqlite3 *db = open_copy(run, then == FOLD ? &folded : &filled);
  begin(sample);
  execute(db, "UPDATE todo SET done = done + 1");
  finish(db, run, sample, then, run->rows);
}

/* A write by itself, and with its fold. */
#define BOTH(write)                                                        \
  static void write(const struct run *run, struct sample *sample) {        \
    write##_then(run, sample, NOTHING);                                    \
  }                                                                        \
  static void write##_and_fold(const struct run *run, struct sample *sample) { \
    write##_then(run, sample, FOLD);                                       \
  }

BOTH(insert)
BOTH(update_column)
BOTH(update_statement)
BOTH(update_all)
BOTH(delete_half)

static void adopt(const struct run *run, struct sample *sample) {
  sqlite3 *db = open_copy(run, run->side == PLAIN ? &empty : &unreplicated);
  begin(sample);
  execute(db, "BEGIN");
  if (run->side == PLAIN) {
    insert_rows(db, run->key, 0, run->rows);
  } else {
    replicate(db, run);
  }
  execute(db, "COMMIT");
  end(sample, run->rows);
}

static void fold(const struct run *run, struct sample *sample) {
  sqlite3 *db = open_copy(run, &filled);
  begin(sample);
  execute(db, "SELECT crsql_optimize()");
  end(sample, run->rows);
}

#define AND_FOLD(write)                  \
  {                                      \
    .name = #write "_and_fold", .unit = "row", .sides = ON(PLAIN) | ON(CRSQL), \
    .run = write##_and_fold              \
  }

const struct work write_works[] = {
    {.name = "insert", .unit = "row", .sides = EVERYONE, .run = insert},
    {.name = "update_column", .unit = "row", .sides = EVERYONE, .run = update_column},
    {.name = "update_statement", .unit = "row", .sides = EVERYONE, .run = update_statement},
    {.name = "update_all", .unit = "row", .sides = EVERYONE, .run = update_all},
    {.name = "delete_half", .unit = "row", .sides = EVERYONE, .run = delete_half},
    {.name = "insert_transactions",
     .unit = "transaction",
     .sides = EVERYONE,
     .run = insert_transactions},
    {.name = "adopt", .unit = "row", .sides = EVERYONE, .run = adopt},
    AND_FOLD(insert),
    AND_FOLD(update_column),
    AND_FOLD(update_statement),
    AND_FOLD(update_all),
    AND_FOLD(delete_half),
    {.name = "fold", .unit = "row", .sides = ON(CRSQL), .run = fold},
    {0}};
