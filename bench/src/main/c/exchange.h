/* What one database sends to another: made from the filled table, and read into memory. */
#ifndef CRSQL_BENCH_EXCHANGE_H
#define CRSQL_BENCH_EXCHANGE_H

#include "prepared.h"

enum form { ROWS, CHANGESETS };

/* All that the filled table's database sends. */
struct message {
  const char *bytes;
  long size;
};

struct message message_of(const struct run *run, enum form form);

/* Merges it, and gives the number of cells. Rows come in one transaction, changesets in their own. */
long merge(sqlite3 *db, const struct run *run, enum form form, struct message message);

/* Merges all that one database of the run's side has into another. */
void pass_on(sqlite3 *from, sqlite3 *to, enum side side, enum form form);

/* Skips the run if the library cannot. */
void need_form(sqlite3 *db, enum side side, enum form form);

/* The SELECT that gives what is sent. */
const char *reading(enum side side, enum form form);

#endif
