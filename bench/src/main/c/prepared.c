#include "prepared.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "rows.h"

static void make_empty(const struct run *run, const char *path) {
  sqlite3 *db = open_database(run, path);
  create_table(db, run->key);
  replicate(db, run);
  close_database(db, run->side);
}

static void make_filled(const struct run *run, const char *path) {
  sqlite3 *db = open_database(run, path);
  create_table(db, run->key);
  replicate(db, run);
  execute(db, "BEGIN");
  insert_rows(db, run->key, 0, run->rows);
  execute(db, "COMMIT");
  close_database(db, run->side);
}

static void make_unreplicated(const struct run *run, const char *path) {
  struct run plain = *run;
  plain.side = PLAIN;
  make_filled(&plain, path);
}

const struct preparation filled = {"filled", make_filled};
const struct preparation unreplicated = {"unreplicated", make_unreplicated};
const struct preparation empty = {"empty", make_empty};

struct request {
  const struct preparation *preparation;
  char path[PATH_SIZE];
};

/* The one that the next child makes. */
static struct request request;

static void make(const struct run *run, struct sample *sample) {
  (void)sample;
  /* a copy, for it may need another preparation */
  const struct request mine = request;
  mine.preparation->make(run, mine.path);
}

static void failed(const struct run *run, const struct sample *sample, void *context) {
  (void)run;
  if (sample->error[0] != 0 || sample->skipped[0] != 0) *(struct sample *)context = *sample;
}

void prepared(const struct run *run, const struct preparation *preparation, char path[PATH_SIZE]) {
  char name[PATH_SIZE];
  snprintf(name, sizeof name, "%s-%s-%s-%ld", preparation->name, side_names[run->side],
           key_names[run->key], run->rows);
  path_of(run, name, path);
  if (access(path, F_OK) == 0) return;
  struct sample failure = {0};
  request.preparation = preparation;
  snprintf(request.path, sizeof request.path, "%s.new", path);
  run_child(run, make, failed, &failure);
  if (failure.skipped[0] != 0) skip("%s", failure.skipped);
  if (failure.error[0] != 0) fail("%s", failure.error);
  if (rename(request.path, path) != 0) fail("%s was not made", path);
}

void copy_path(const struct run *run, char path[PATH_SIZE]) { path_of(run, "run.db", path); }

static void copy(const char *from, const char *to) {
  const int in = open(from, O_RDONLY);
  const int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  long left = file_size(from);
  while (left > 0) {
    const ssize_t done = sendfile(out, in, NULL, (size_t)left);
    if (done <= 0) fail("%s cannot be copied to %s", from, to);
    left -= done;
  }
  close(in);
  close(out);
}

sqlite3 *open_copy(const struct run *run, const struct preparation *preparation) {
  char from[PATH_SIZE];
  char to[PATH_SIZE];
  char beside[PATH_SIZE + 8];
  prepared(run, preparation, from);
  copy_path(run, to);
  snprintf(beside, sizeof beside, "%s-wal", to);
  unlink(beside);
  snprintf(beside, sizeof beside, "%s-shm", to);
  unlink(beside);
  copy(from, to);
  return open_database(run, to);
}

static void make_folded(const struct run *run, const char *path) {
  char from[PATH_SIZE];
  sqlite3 *db = open_copy(run, &filled);
  if (run->side == CRSQL) execute(db, "SELECT crsql_optimize()");
  close_database(db, run->side);
  copy_path(run, from);
  if (rename(from, path) != 0) fail("%s cannot be renamed to %s", from, path);
}

const struct preparation folded = {"folded", make_folded};
