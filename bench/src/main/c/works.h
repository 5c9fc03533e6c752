/* What is measured. */
#ifndef CRSQL_BENCH_WORKS_H
#define CRSQL_BENCH_WORKS_H

#include "child.h"

#define ON(side) (1 << (side))

struct work {
  const char *name;
  /* what is counted */
  const char *unit;
  /* who does it */
  int sides;
  work_function run;
  /* rows of the table, as a multiple of what is asked for: 10 means a tenth if shrink */
  int factor;
  bool shrink;
  /* nothing is timed, so that once is enough */
  bool once;
};

/* Each ends with a work without a name. */
extern const struct work write_works[];
extern const struct work size_works[];
extern const struct work merge_works[];
extern const struct work read_works[];
extern const struct work delta_works[];
extern const struct work load_works[];

#endif
