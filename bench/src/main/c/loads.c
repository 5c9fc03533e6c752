/* Loading the extension into a process that never had it, and into its later connections. */
#include "database.h"
#include "works.h"

static sqlite3 *connection(void) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) fail_sqlite(db, "open");
  execute(db, "SELECT 1");
  return db;
}

static void load_first(const struct run *run, struct sample *sample) {
  sqlite3 *db = connection();
  begin(sample);
  load_extension(db, run->options->library[run->side]);
  end(sample, 1);
}

static void load_later(const struct run *run, struct sample *sample) {
  enum { CONNECTIONS = 20 };
  sqlite3 *dbs[CONNECTIONS];
  for (int i = 0; i < CONNECTIONS; i++) dbs[i] = connection();
  load_extension(connection(), run->options->library[run->side]);
  begin(sample);
  for (int i = 0; i < CONNECTIONS; i++) {
    load_extension(dbs[i], run->options->library[run->side]);
  }
  end(sample, CONNECTIONS);
}

const struct work load_works[] = {
    {.name = "load_first", .unit = "load", .sides = ON(CRSQL) | ON(SYNC), .run = load_first},
    {.name = "load_later", .unit = "load", .sides = ON(CRSQL) | ON(SYNC), .run = load_later},
    {0}};
