/* Files that many runs begin with: made once, by a process of its own, and copied for each run. */
#ifndef CRSQL_BENCH_PREPARED_H
#define CRSQL_BENCH_PREPARED_H

#include "database.h"

struct preparation {
  const char *name;
  /* makes the file; ends with it closed */
  void (*make)(const struct run *run, const char *path);
};

/* The table with all rows, inserted in one transaction while it was replicated; not folded. */
extern const struct preparation filled;
/* The same, folded. */
extern const struct preparation folded;
/* The same, never replicated, on every side. */
extern const struct preparation unreplicated;
/* The table without rows, replicated. */
extern const struct preparation empty;

/* The path of the prepared file itself, for reading. */
void prepared(const struct run *run, const struct preparation *preparation, char path[PATH_SIZE]);

/* A fresh copy of it, opened. */
sqlite3 *open_copy(const struct run *run, const struct preparation *preparation);
/* What open_copy opens. */
void copy_path(const struct run *run, char path[PATH_SIZE]);

#endif
