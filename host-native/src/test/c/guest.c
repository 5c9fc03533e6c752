/*
 * Loads the probe library in the ways that a host program may, and checks what only such a program
 * can: see GuestTest. Usage: guest library check [argument]. Prints "ok".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "connection.h"

static void use(sqlite3 *db) {
  CHECK(number(db, "select probe('churn', 500)") == 500);
  CHECK(number(db, "select probe('sum', 'select n from probe_series where n <= 100')") == 5050);
}

/* Locale, random numbers, signal mask and handlers are those of before. */
static void quiet(void) {
  struct sigaction before[65], after;
  sigset_t mask_before, mask_after;
  char *locale = strdup(setlocale(LC_ALL, NULL));
  setenv("LC_ALL", "C.UTF-8", 1);
  srand(42);
  const int expected = rand();
  srand(42);
  memset(before, 0, sizeof before);
  for (int s = 1; s <= 64; s++) sigaction(s, NULL, &before[s]);
  memset(&mask_before, 0, sizeof mask_before);
  memset(&mask_after, 0, sizeof mask_after);
  pthread_sigmask(SIG_SETMASK, NULL, &mask_before);

  sqlite3 *db = loaded(":memory:");
  use(db);
  close_db(db);

  CHECK(strcmp(locale, setlocale(LC_ALL, NULL)) == 0);
  CHECK(rand() == expected);
  pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
  CHECK(memcmp(&mask_before, &mask_after, sizeof mask_before) == 0);
  for (int s = 1; s <= 64; s++) {
    memset(&after, 0, sizeof after);
    sigaction(s, NULL, &after);
    CHECK(after.sa_handler == before[s].sa_handler && after.sa_flags == before[s].sa_flags);
  }
}

/* Eight threads load at once, then work, each with its connection, on one database. */

enum { THREADS = 8, ROUNDS = 40, FORKS = 20 };

static const char *shared;
static pthread_barrier_t barrier;

static void *work(void *unused) {
  sqlite3 *db = open_db(shared);
  pthread_barrier_wait(&barrier);
  load(db);
  for (int i = 0; i < ROUNDS; i++) {
    use(db);
    const char *nested =
        "select probe('sum', 'select probe(''sum'', ''select n + 0 * probe(''''churn'''', 50)"
        " from probe_series where n <= 10'') from probe_series where n <= 10')";
    CHECK(number(db, nested) == 550);
    run(db, "begin immediate");
    run(db, "select probe('churn', 500)");
    CHECK(number(db, "select probe('insert', 'bulk', 20)") == 20);
    run(db, "commit");
    CHECK(number(db, "select probe('insert', 'bulk', 2)") == 2);
    CHECK(sqlite3_exec(db, "select probe('checked text')", NULL, NULL, NULL) == SQLITE_ERROR);
    if (i % 10 == 0) {
      close_db(db);
      db = loaded(shared);
    }
  }
  close_db(db);
  return unused;
}

static void threads(const char *path) {
  shared = path;
  sqlite3 *db = open_db(path);
  run(db, "pragma journal_mode = wal");
  run(db, "create table bulk(a, b)");
  pthread_t all[THREADS];
  pthread_barrier_init(&barrier, NULL, THREADS);
  for (int i = 0; i < THREADS; i++) CHECK(pthread_create(&all[i], NULL, work, NULL) == 0);
  for (int i = 0; i < THREADS; i++) CHECK(pthread_join(all[i], NULL) == 0);
  CHECK(number(db, "select count(*) from bulk") == THREADS * ROUNDS * 22);
  close_db(db);
}

/*
 * Children forked at any moment of another thread's work can load and work. SQLite itself promises
 * that much only without its memory statistics, whose mutex no child could ever take again.
 */

static volatile bool stop;

static void *keep_busy(void *unused) {
  sqlite3 *db = loaded(":memory:");
  while (!stop) run(db, "select probe('churn', 2000)");
  close_db(db);
  return unused;
}

static void in_child(void) {
  alarm(20);
  sqlite3 *db = loaded(":memory:");
  for (int i = 0; i < 5; i++) use(db);
  close_db(db);
  _exit(0);
}

static void await_child(pid_t child) {
  int status;
  CHECK(child > 0 && waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/*
 * An SQL function, called from a statement of Java's: the forking thread is itself outside the
 * lock, with Java frames.
 */
static void fork_inside(sqlite3_context *context, int argc, sqlite3_value **argv) {
  (void) argc, (void) argv;
  const pid_t child = fork();
  if (child == 0) in_child();
  await_child(child);
  sqlite3_result_int(context, 7);
}

static void forks(void) {
  pthread_t busy[2];
  CHECK(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
  sqlite3 *db = loaded(":memory:");
  sqlite3_create_function(db, "fork_inside", 0, SQLITE_UTF8, NULL, fork_inside, NULL, NULL);
  for (int i = 0; i < 2; i++) CHECK(pthread_create(&busy[i], NULL, keep_busy, NULL) == 0);
  for (int i = 0; i < FORKS; i++) {
    const pid_t child = fork();
    if (child == 0) in_child();
    await_child(child);
    CHECK(number(db, "select probe('sum', 'select fork_inside()')") == 7);
    use(db);
  }
  stop = true;
  for (int i = 0; i < 2; i++) CHECK(pthread_join(busy[i], NULL) == 0);
  close_db(db);
}

/*
 * A thousand connections leave no handle and no memory behind, statements that Java keeps included.
 */

static long long one_connection(void) {
  sqlite3 *db = loaded(":memory:");
  run(db, "create table store(k integer primary key, v)");
  run(db, "insert into probe_writable values (1, 'one')");
  use(db);
  sqlite3_exec(db, "select v from probe_broken where method = 'close'", NULL, NULL, NULL);
  const long long handle = number(db, "select probe('handle')");
  close_db(db);
  return handle;
}

static void reload(void) {
  long long handle = 0;
  for (int i = 0; i < 200; i++) handle = one_connection();
  const long pages = resident_pages();
  for (int i = 0; i < 1000; i++) CHECK(one_connection() == handle);
  const long growth = (resident_pages() - pages) * sysconf(_SC_PAGESIZE);
  if (growth > 1 << 20) {
    printf("memory has grown by %ld bytes\n", growth);
    exit(1);
  }
}

/*
 * Copies of SQLite, each a file of its own, as programs have that bundle one beside the system's.
 */

enum { COPIES = 9 };

struct copy {
  void *handle;
  int (*open)(const char *, sqlite3 **);
  int (*close)(sqlite3 *);
  int (*config)(sqlite3 *, int, ...);
  int (*load)(sqlite3 *, const char *, const char *, char **);
  int (*exec)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **);
  sqlite3 *db;
};

static struct copy copy_of_sqlite(const char *folder, int i) {
  char path[4096], command[9000];
  Dl_info info;
  CHECK(dladdr((void *) sqlite3_libversion, &info));
  snprintf(path, sizeof path, "%s/sqlite%d.so", folder, i);
  char *real = realpath(info.dli_fname, NULL);
  snprintf(command, sizeof command, "cp '%s' '%s'", real, path);
  CHECK(system(command) == 0);
  struct copy c = {.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND)};
  CHECK(c.handle);
  *(void **) &c.open = dlsym(c.handle, "sqlite3_open");
  *(void **) &c.close = dlsym(c.handle, "sqlite3_close");
  *(void **) &c.config = dlsym(c.handle, "sqlite3_db_config");
  *(void **) &c.load = dlsym(c.handle, "sqlite3_load_extension");
  *(void **) &c.exec = dlsym(c.handle, "sqlite3_exec");
  CHECK(c.open != sqlite3_open);
  CHECK(c.open(":memory:", &c.db) == SQLITE_OK);
  CHECK(c.config(c.db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL) == SQLITE_OK);
  return c;
}

static void copies(const char *folder) {
  struct copy all[COPIES];
  char *error = NULL;
  for (int i = 0; i < COPIES; i++) {
    struct copy *c = &all[i];
    *c = copy_of_sqlite(folder, i);
    const int rc = c->load(c->db, library, "sqlite3_crsqlite_init", &error);
    if (i == COPIES - 1) {
      CHECK(rc == SQLITE_ERROR && strstr(error, "too many copies of SQLite"));
    } else {
      CHECK(rc == SQLITE_OK);
    }
  }
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < COPIES - 1; i++) {
      long long sum = 0;
      const char *sql =
          "select probe('sum', 'select probe_add(n, 1) from probe_series where n <= 100')";
      CHECK(all[i].exec(all[i].db, sql, keep_number, &sum, NULL) == SQLITE_OK && sum == 5150);
    }
  }
  for (int i = 0; i < COPIES - 1; i++) CHECK(all[i].close(all[i].db) == SQLITE_OK);
  struct copy *last = &all[COPIES - 1];
  CHECK(last->load(last->db, library, "sqlite3_crsqlite_init", &error) == SQLITE_OK);
  CHECK(last->close(last->db) == SQLITE_OK);
}

/* Without address space for the heap, loading fails with a message, and can be tried again. */
static void limit(void) {
  struct rlimit unlimited, low;
  sqlite3 *db = open_db(":memory:");
  char *error = NULL;
  getrlimit(RLIMIT_AS, &unlimited);
  low = unlimited;
  low.rlim_cur = 256 << 20;
  CHECK(setrlimit(RLIMIT_AS, &low) == 0);
  CHECK(sqlite3_load_extension(db, library, "sqlite3_crsqlite_init", &error) == SQLITE_ERROR);
  CHECK(strstr(error, "cannot reserve address space"));
  sqlite3_free(error);
  CHECK(setrlimit(RLIMIT_AS, &unlimited) == 0);
  load(db);
  use(db);
  close_db(db);
}

int main(int argc, char **argv) {
  CHECK(argc >= 3);
  library = argv[1];
  const char *check = argv[2], *argument = argc > 3 ? argv[3] : "";
  if (strcmp(check, "quiet") == 0) quiet();
  else if (strcmp(check, "threads") == 0) threads(argument);
  else if (strcmp(check, "fork") == 0) forks();
  else if (strcmp(check, "reload") == 0) reload();
  else if (strcmp(check, "copies") == 0) copies(argument);
  else if (strcmp(check, "limit") == 0) limit();
  else CHECK(false);
  puts("ok");
  return 0;
}
