/* The rows of the table: row i is the same on every side and in every run. */
#ifndef CRSQL_BENCH_ROWS_H
#define CRSQL_BENCH_ROWS_H

#include <sqlite3.h>

#include "options.h"

#define KEY_LENGTH 32

/* 32 random characters of 0 to 9 and a to f, without an end. */
void text_key(long i, char key[KEY_LENGTH]);

/* Binds the key of row i; of a text key SQLite makes a copy. */
void bind_key(sqlite3_stmt *statement, int index, enum key key, long i);

/* Inserts rows from <= i < to, in the caller's transaction. */
void insert_rows(sqlite3 *db, enum key key, long from, long to);

#endif
