/* Everything that a filled database has, into an empty one, and once more. */
#include "exchange.h"
#include "rows.h"
#include "works.h"

static void merge_all(const struct run *run, struct sample *sample, enum form form) {
  struct message message = {0};
  if (run->side != PLAIN) message = message_of(run, form);
  sqlite3 *db = open_copy(run, &empty);
  begin(sample);
  if (run->side == PLAIN) {
    execute(db, "BEGIN");
    insert_rows(db, run->key, 0, run->rows);
    execute(db, "COMMIT");
    end(sample, 4 * run->rows);
  } else {
    end(sample, merge(db, run, form, message));
    const long rows = number(db, "SELECT count(*) FROM todo");
    if (rows != run->rows) fail("merged %ld rows of %ld", rows, run->rows);
  }
}

static void make_merged(const struct run *run, const char *path, enum form form) {
  const struct message message = message_of(run, form);
  sqlite3 *db = open_database(run, path);
  create_table(db, run->key);
  replicate(db, run);
  merge(db, run, form, message);
  close_database(db, run->side);
}

static void make_merged_rows(const struct run *run, const char *path) {
  make_merged(run, path, ROWS);
}

static void make_merged_changesets(const struct run *run, const char *path) {
  make_merged(run, path, CHANGESETS);
}

static void merge_again(const struct run *run, struct sample *sample, enum form form) {
  static const struct preparation merged[] = {{"merged-rows", make_merged_rows},
                                              {"merged-changesets", make_merged_changesets}};
  const struct message message = message_of(run, form);
  sqlite3 *db = open_copy(run, &merged[form]);
  begin(sample);
  end(sample, merge(db, run, form, message));
}

static void merge_rows(const struct run *run, struct sample *sample) {
  merge_all(run, sample, ROWS);
}

static void merge_changesets(const struct run *run, struct sample *sample) {
  merge_all(run, sample, CHANGESETS);
}

static void merge_rows_again(const struct run *run, struct sample *sample) {
  merge_again(run, sample, ROWS);
}

static void merge_changesets_again(const struct run *run, struct sample *sample) {
  merge_again(run, sample, CHANGESETS);
}

#define PEERS (ON(CRSQL) | ON(SYNC))

const struct work merge_works[] = {
    {.name = "merge_rows", .unit = "cell", .sides = ON(PLAIN) | PEERS, .run = merge_rows},
    {.name = "merge_changesets",
     .unit = "cell",
     .sides = ON(PLAIN) | PEERS,
     .run = merge_changesets},
    {.name = "merge_rows_again", .unit = "cell", .sides = PEERS, .run = merge_rows_again},
    {.name = "merge_changesets_again",
     .unit = "cell",
     .sides = PEERS,
     .run = merge_changesets_again},
    {0}};
