#include "scale.h"

#include <stdio.h>

#include "deltas.h"
#include "report.h"
#include "rows.h"

enum { STEPS = 20, ROWS_PER_SITE = 100 };

/* A file that a later work of this side and key finds again. */
static void kept_path(const struct run *run, const char *name, char path[PATH_SIZE]) {
  char file[64];
  snprintf(file, sizeof file, "%s-%s-%s", name, side_names[run->side], key_names[run->key]);
  path_of(run, file, path);
}

static sqlite3 *open_new(const struct run *run, const char *name, char path[PATH_SIZE]) {
  kept_path(run, name, path);
  sqlite3 *db = open_database(run, path);
  create_table(db, run->key);
  replicate(db, run);
  return db;
}

static sqlite3 *open_kept(const struct run *run, const char *name, char path[PATH_SIZE]) {
  kept_path(run, name, path);
  return open_database(run, path);
}

/* What has been measured since begin, and the size that the file then has. */
static void end_step(sqlite3 *db, const char *path, struct sample *sample, long rows, long units) {
  end(sample, units);
  execute(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  sample->rows = rows;
  sample->bytes = file_size(path);
}

static long least(long a, long b) { return a < b ? a : b; }

/* Rows in transactions of 100,000; each step's time is that of its own rows. The file stays. */
static void grow(const struct run *run, struct sample *sample) {
  char path[PATH_SIZE];
  sqlite3 *db = open_new(run, "grown", path);
  const long step = run->rows / STEPS;
  for (int s = 0; s < STEPS; s++) {
    begin(sample);
    for (long from = s * step; from < (s + 1) * step; from += 100000) {
      execute(db, "BEGIN");
      insert_rows(db, run->key, from, least(from + 100000, (s + 1) * step));
      execute(db, "COMMIT");
    }
    end_step(db, path, sample, (s + 1) * step, step);
    if (s < STEPS - 1) send(sample);
  }
  close_database(db, run->side);
}

static void grow_fold(const struct run *run, struct sample *sample) {
  char path[PATH_SIZE];
  sqlite3 *db = open_kept(run, "grown", path);
  begin(sample);
  execute(db, "SELECT crsql_optimize()");
  end(sample, run->rows);
  close_database(db, run->side);
  sample->rows = run->rows;
  sample->bytes = file_size(path);
}

static void grow_delta(const struct run *run, struct sample *sample, enum form form) {
  char path[PATH_SIZE];
  sqlite3 *db = open_kept(run, "grown", path);
  ask_delta(db, run, form, sample);
  sample->rows = run->rows;
}

static void grow_delta_rows(const struct run *run, struct sample *sample) {
  grow_delta(run, sample, ROWS);
}

static void grow_delta_changeset(const struct run *run, struct sample *sample) {
  grow_delta(run, sample, CHANGESETS);
}

/* Half as many rows in one transaction. The file stays. */
static void transaction(const struct run *run, struct sample *sample) {
  char path[PATH_SIZE];
  sqlite3 *db = open_new(run, "transaction", path);
  const long step = run->rows / 2 / STEPS;
  execute(db, "BEGIN");
  for (int s = 0; s < STEPS; s++) {
    begin(sample);
    insert_rows(db, run->key, s * step, (s + 1) * step);
    if (s == STEPS - 1) execute(db, "COMMIT");
    end(sample, step);
    sample->rows = (s + 1) * step;
    if (s < STEPS - 1) send(sample);
  }
  close_database(db, run->side);
}

/* Them all in one statement. */
static void statement(const struct run *run, struct sample *sample) {
  char path[PATH_SIZE];
  sqlite3 *db = open_kept(run, "transaction", path);
  begin(sample);
  execute(db, "UPDATE todo SET done = done + 1");
  end_step(db, path, sample, run->rows / 2, run->rows / 2);
}

/* One row of one, updated as many times, in transactions of a thousand. */
static void same_row(const struct run *run, struct sample *sample) {
  char path[PATH_SIZE];
  sqlite3 *db = open_new(run, "same-row", path);
  const long step = run->rows / STEPS;
  insert_rows(db, run->key, 0, 1);
  sqlite3_stmt *update = prepare(db, "UPDATE todo SET done = done + 1 WHERE id = ?");
  bind_key(update, 1, run->key, 0);
  for (int s = 0; s < STEPS; s++) {
    begin(sample);
    for (long from = 0; from < step; from += 1000) {
      execute(db, "BEGIN");
      for (long i = from; i < least(from + 1000, step); i++) drain(update);
      execute(db, "COMMIT");
    }
    end_step(db, path, sample, (s + 1) * step, step);
    if (s < STEPS - 1) send(sample);
  }
}

static void join_site(sqlite3 *db, const struct run *run, long site, enum form form) {
  sqlite3 *other = open_database(run, ":memory:");
  create_table(other, run->key);
  replicate(other, run);
  execute(other, "BEGIN");
  insert_rows(other, run->key, site * ROWS_PER_SITE, (site + 1) * ROWS_PER_SITE);
  execute(other, "COMMIT");
  execute(db, "BEGIN");
  pass_on(other, db, run->side, form);
  execute(db, "COMMIT");
  close_database(other, run->side);
}

/* A hundred cells of all rows, once as many sites as it says have written them. */
static void sites(const struct run *run, struct sample *sample, enum form form) {
  char path[PATH_SIZE];
  sqlite3 *db = open_new(run, form == ROWS ? "sites-rows" : "sites-changesets", path);
  need_form(db, run->side, form);
  long joined = 0;
  for (long count = 1; count <= 1000; count *= 10) {
    for (; joined < count; joined++) join_site(db, run, joined, form);
    struct run asked = *run;
    asked.rows = count * ROWS_PER_SITE;
    ask_delta(db, &asked, form, sample);
    sample->rows = count;
    if (count < 1000) send(sample);
  }
}

static void sites_rows(const struct run *run, struct sample *sample) { sites(run, sample, ROWS); }

static void sites_changeset(const struct run *run, struct sample *sample) {
  sites(run, sample, CHANGESETS);
}

/* In this order: some go on with the file that grew. */
static const struct work scale_works[] = {
    {.name = "grow", .sides = ON(PLAIN) | ON(CRSQL), .run = grow},
    {.name = "grow_delta_rows", .sides = ON(CRSQL), .run = grow_delta_rows},
    {.name = "grow_delta_changeset", .sides = ON(CRSQL), .run = grow_delta_changeset},
    {.name = "grow_fold", .sides = ON(CRSQL), .run = grow_fold},
    {.name = "transaction", .sides = ON(PLAIN) | ON(CRSQL), .run = transaction},
    {.name = "statement", .sides = ON(PLAIN) | ON(CRSQL), .run = statement},
    {.name = "same_row", .sides = ON(PLAIN) | ON(CRSQL), .run = same_row},
    {.name = "sites_rows", .sides = ON(CRSQL), .run = sites_rows},
    {.name = "sites_changeset", .sides = ON(CRSQL), .run = sites_changeset},
    {0}};

struct progress {
  const char *name;
  bool good;
};

static void tell(const struct run *run, const struct sample *sample, void *context) {
  struct progress *progress = context;
  if (sample->error[0] != 0) progress->good = false;
  report_step(progress->name, run, sample);
}

bool measure_scale(const struct run *common) {
  struct progress progress = {.good = true};
  struct run run = *common;
  run.rows = run.options->scale_rows;
  for (const struct work *work = scale_works; work->name != NULL; work++) {
    if (!is_chosen(run.options, work->name)) continue;
    progress.name = work->name;
    for (int side = 0; side < SIDES; side++) {
      run.side = (enum side)side;
      if ((work->sides & ON(side)) != 0) run_child(&run, work->run, tell, &progress);
    }
  }
  return progress.good;
}
