/*
 * A thousand connections that load the product, replicate a table, write, read and merge, and close
 * without crsql_finalize(). Usage: reload library. Prints "ok" if they leave no memory behind.
 */
#include <string.h>
#include <unistd.h>
#include "connection.h"

enum { WARM_UP = 200, ROUNDS = 1000 };

static void one_connection(void) {
  sqlite3 *db = loaded(":memory:");
  run(db, "create table t(a primary key, b)");
  run(db, "select crsql_as_crr('t')");
  run(db, "insert into t values(1, 'one'), (2, 'two')");
  run(db,
      "insert into crsql_changes(\"table\", pk, cid, val, version, site_id)"
      " values('t', 1, 1, 7, 9, zeroblob(16))");
  CHECK(number(db, "select sum(version) from crsql_changes") == 11);
  close_db(db);
}

int main(int argc, char **argv) {
  CHECK(argc == 2);
  library = argv[1];
  for (int i = 0; i < WARM_UP; i++) one_connection();
  const long pages = resident_pages();
  for (int i = 0; i < ROUNDS; i++) one_connection();
  const long growth = (resident_pages() - pages) * sysconf(_SC_PAGESIZE);
  if (growth > 1 << 20) {
    printf("memory has grown by %ld bytes\n", growth);
    return 1;
  }
  puts("ok");
  return 0;
}
