/* Databases of the three sides, with little around SQLite's own calls. Errors end the child. */
#ifndef CRSQL_BENCH_DATABASE_H
#define CRSQL_BENCH_DATABASE_H

#include <sqlite3.h>

#include "child.h"

#define PATH_SIZE 512

/* A file of the run's directory. */
void path_of(const struct run *run, const char *name, char path[PATH_SIZE]);

/* A new or existing file with WAL, synchronous=NORMAL and the side's extension loaded. */
sqlite3 *open_database(const struct run *run, const char *path);
void load_extension(sqlite3 *db, const char *library);

/* The table todo, without replication. */
void create_table(sqlite3 *db, enum key key);
/* Makes it replicated, on a side that replicates. */
void replicate(sqlite3 *db, const struct run *run);

/* On the sync side, what its manual asks for before closing. */
void close_database(sqlite3 *db, enum side side);

/* Runs the SQL and takes no notice of its rows. */
void execute(sqlite3 *db, const char *sql);
sqlite3_stmt *prepare(sqlite3 *db, const char *sql);
/* Steps to the end and resets; gives the number of rows. */
long drain(sqlite3_stmt *statement);
void finalize(sqlite3_stmt *statement);
long number(sqlite3 *db, const char *sql);
long file_size(const char *path);

/* Skips the run if the SQL does not compile: the library lacks something. */
void need(sqlite3 *db, const char *what, const char *sql);

_Noreturn void fail_sqlite(sqlite3 *db, const char *what);

#endif
