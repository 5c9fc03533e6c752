/*
 * Measures crsql against plain SQLite: each work on each side, in turn, so that what else the
 * machine does meanwhile hits all of them alike.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "database.h"
#include "report.h"
#include "scale.h"
#include "works.h"

static void collect(const struct run *run, const struct sample *sample, void *context) {
  struct outcome *outcome = context;
  const int i = outcome->count[run->side]++;
  outcome->samples[run->side][i] = *sample;
}

static bool takes_part(const struct work *work, const struct outcome *outcome,
                       const struct options *options, enum side side) {
  if ((work->sides & ON(side)) == 0) return false;
  if (side != PLAIN && options->library[side] == NULL) return false;
  const int count = outcome->count[side];
  if (count == 0) return true;
  const struct sample *last = &outcome->samples[side][count - 1];
  return last->error[0] == 0 && last->skipped[0] == 0;
}

/* Gives whether crsql and plain SQLite did it. */
static bool measure(const struct work *work, const struct run *common) {
  static struct outcome outcome;
  memset(&outcome, 0, sizeof outcome);
  struct run run = *common;
  if (work->factor > 0) run.rows = work->shrink ? run.rows / work->factor : run.rows * work->factor;
  const int repeat = work->once ? 1 : run.options->repeat;
  for (int i = 0; i < repeat; i++) {
    for (int side = 0; side < SIDES; side++) {
      run.side = (enum side)side;
      if (takes_part(work, &outcome, run.options, run.side)) {
        run_child(&run, work->run, collect, &outcome);
      }
    }
  }
  report_work(work, &run, &outcome);
  for (int side = PLAIN; side <= CRSQL; side++) {
    const int count = outcome.count[side];
    if (count > 0 && outcome.samples[side][count - 1].error[0] != 0) return false;
  }
  return true;
}

static void version(const struct run *run, struct sample *sample) {
  sqlite3 *db = open_database(run, ":memory:");
  const char *sql =
      run->side == CRSQL ? "SELECT crsql_version()" : "SELECT cloudsync_version()";
  sqlite3_stmt *statement = prepare(db, sql);
  if (sqlite3_step(statement) != SQLITE_ROW) fail_sqlite(db, sql);
  snprintf(sample->plan, sizeof sample->plan, "%s", sqlite3_column_text(statement, 0));
}

static void keep(const struct run *run, const struct sample *sample, void *context) {
  if (sample->error[0] != 0) {
    fprintf(stderr, "driver: %s: %s\n", side_names[run->side], sample->error);
    exit(1);
  }
  *(struct sample *)context = *sample;
}

static void tell_versions(struct run run) {
  struct sample versions[SIDES] = {0};
  for (int side = CRSQL; side < SIDES; side++) {
    run.side = (enum side)side;
    if (run.options->library[side] != NULL) run_child(&run, version, keep, &versions[side]);
  }
  report_versions(versions[CRSQL].plan, versions[SYNC].plan);
}

static bool measure_works(const struct run *run) {
  static const struct work *const groups[] = {write_works, size_works,  merge_works,
                                              read_works,  delta_works, load_works};
  bool good = true;
  for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
    for (const struct work *work = groups[g]; work->name != NULL; work++) {
      if (is_chosen(run->options, work->name)) good &= measure(work, run);
    }
  }
  return good;
}

static int delete(const char *path, const struct stat *status, int kind, struct FTW *place) {
  (void)status;
  (void)kind;
  (void)place;
  return remove(path);
}

static int measure_all(const struct options *options, const char *directory) {
  struct run run = {.options = options, .rows = options->rows, .directory = directory};
  tell_versions(run);
  bool good = true;
  for (int key = 0; key < KEYS; key++) {
    if (!options->key[key]) continue;
    run.key = (enum key)key;
    good &= options->scale ? measure_scale(&run) : measure_works(&run);
  }
  return good ? 0 : 1;
}

static volatile pid_t measuring;

static void stop(int signal) { kill(measuring, signal); }

/* A process of its own measures, so that this one can remove the files however that ends. */
static int measure_apart(const struct options *options, const char *directory) {
  measuring = fork();
  if (measuring < 0) {
    perror("driver: fork");
    return 1;
  }
  if (measuring == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    exit(measure_all(options, directory));
  }
  signal(SIGINT, stop);
  signal(SIGTERM, stop);
  int status;
  while (waitpid(measuring, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv) {
  const struct options options = parse_options(argc, argv);
  if (options.repeat > MOST_REPEATS) {
    fprintf(stderr, "driver: at most %d repetitions\n", MOST_REPEATS);
    return 2;
  }
  char directory[PATH_SIZE];
  snprintf(directory, sizeof directory, "%s/crsql-bench-XXXXXX", options.directory);
  if (mkdtemp(directory) == NULL) {
    fprintf(stderr, "driver: %s: %s\n", directory, strerror(errno));
    return 1;
  }
  const int code = measure_apart(&options, directory);
  nftw(directory, delete, 8, FTW_DEPTH | FTW_PHYS);
  return code;
}
