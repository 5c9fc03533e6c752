/*
 * Eight threads, each with its connection, read, write, fold and merge one file for a while. Usage:
 * torture library file seconds. Prints what they did, and "ok" if nobody stalled for longer than the
 * busy timeout, nobody saw an error but SQLITE_BUSY, every read was of one moment, the file is whole
 * and memory has stayed flat.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "connection.h"

enum { THREADS = 8, KEYS = 500, STALL_SECONDS = BUSY_TIMEOUT / 1000 + 2, WARM_UP = 4 };

static const char *file;
static volatile bool stop;

struct worker {
  pthread_t thread;
  int id;
  unsigned seed;
  long done, busy;
  double longest;
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

/* Runs statements; SQLITE_BUSY is counted, any other error ends the program. */
static bool attempt(struct worker *w, sqlite3 *db, const char *sql) {
  const double start = now();
  char *error = NULL;
  const int rc = sqlite3_exec(db, sql, NULL, NULL, &error);
  const double took = now() - start;
  if (took > w->longest) w->longest = took;
  if (rc == SQLITE_BUSY) {
    w->busy++;
    sqlite3_free(error);
    if (!sqlite3_get_autocommit(db)) run(db, "rollback");
    return false;
  }
  if (rc != SQLITE_OK) {
    printf("thread %d: %s: %s\n", w->id, sql, error);
    exit(1);
  }
  w->done++;
  return true;
}

static int below(struct worker *w, int bound) { return rand_r(&w->seed) % bound; }

static void write_rows(struct worker *w, sqlite3 *db) {
  char sql[400];
  const int key = below(w, KEYS);
  switch (below(w, 5)) {
    case 0: snprintf(sql, sizeof sql, "insert or replace into t values(%d, %d, 'x')", key, key); break;
    case 1: snprintf(sql, sizeof sql, "update t set a = a + 1 where id = %d", key); break;
    case 2: snprintf(sql, sizeof sql, "delete from t where id = %d", key); break;
    case 3: snprintf(sql, sizeof sql, "update t set b = b || 'y' where id %% 50 = %d and length(b) < 9", key % 50); break;
    default:
      snprintf(sql, sizeof sql,
          "begin immediate; insert into t values(%d, 1, 2) on conflict do update set a = 7;"
          " savepoint s; delete from t where id < 20; rollback to s; commit", key);
  }
  attempt(w, db, sql);
}

static void merge(struct worker *w, sqlite3 *db) {
  char sql[4000] = "begin immediate;";
  for (int i = 0; i < 8; i++) {
    snprintf(sql + strlen(sql), sizeof sql - strlen(sql),
        "insert into crsql_changes(\"table\", pk, cid, val, version, site_id)"
        " select 't', %d, %d, %d, crsql_dbversion() + 1, X'%02X000000000000000000000000000000';",
        below(w, KEYS), 1 + below(w, 2), i, 1 + w->id);
  }
  strcat(sql, "commit");
  attempt(w, db, sql);
}

/* A scan is of one moment: no two of its cells have the same stamp. */
static void read_all(struct worker *w, sqlite3 *db) {
  const double start = now();
  CHECK(number(db, "select count(*) - count(distinct version || ' ' || quote(site_id)) from crsql_changes") == 0);
  const double took = now() - start;
  if (took > w->longest) w->longest = took;
  w->done++;
}

static void *work(void *arg) {
  struct worker *w = arg;
  sqlite3 *db = loaded(file);
  while (!stop) {
    if (w->id < 3) write_rows(w, db);
    else if (w->id < 5) merge(w, db);
    else if (w->id == 5 && below(w, 20) == 0) attempt(w, db, "select crsql_optimize()");
    else read_all(w, db);
    if (below(w, 200) == 0) {
      close_db(db);
      db = loaded(file);
    }
  }
  close_db(db);
  return NULL;
}

int main(int argc, char **argv) {
  CHECK(argc == 4);
  library = argv[1];
  file = argv[2];
  const int seconds = atoi(argv[3]);
  sqlite3 *db = loaded(file);
  run(db, "pragma journal_mode = wal");
  run(db, "pragma synchronous = normal");
  run(db, "create table t(id integer primary key, a, b)");
  run(db, "select crsql_as_crr('t')");
  struct worker all[THREADS];
  for (int i = 0; i < THREADS; i++) {
    all[i] = (struct worker) {.id = i, .seed = 1000 + i};
    CHECK(pthread_create(&all[i].thread, NULL, work, &all[i]) == 0);
  }
  sleep(WARM_UP);
  const long warm = resident_pages();
  long most = warm;
  for (int i = WARM_UP; i < seconds; i++) {
    sleep(1);
    const long pages = resident_pages();
    if (pages > most) most = pages;
  }
  stop = true;
  long busy = 0;
  double longest = 0;
  for (int i = 0; i < THREADS; i++) {
    CHECK(pthread_join(all[i].thread, NULL) == 0);
    busy += all[i].busy;
    longest = all[i].longest > longest ? all[i].longest : longest;
    printf("%ld ", all[i].done);
  }
  const double growth = (most - warm) * (double) sysconf(_SC_PAGESIZE) / (1 << 20);
  printf("done by thread; %ld busy; longest %.2f s; memory +%.1f MB after warm-up\n", busy, longest, growth);
  CHECK(longest < STALL_SECONDS);
  CHECK(growth < 16);
  CHECK(number(db, "select count(*) from pragma_integrity_check where integrity_check <> 'ok'") == 0);
  const long long before = number(db, "select sum(version * (1 + length(pk))) from crsql_changes");
  run(db, "select crsql_optimize()");
  CHECK(number(db, "select sum(version * (1 + length(pk))) from crsql_changes") == before);
  CHECK(number(db, "select count(*) from t") == number(db, "select count(*) from t__crsql_rows where cl % 2"));
  close_db(db);
  puts("ok");
  return 0;
}
