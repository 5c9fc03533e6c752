/* What one run of a work took. */
#ifndef CRSQL_BENCH_SAMPLE_H
#define CRSQL_BENCH_SAMPLE_H

#include <stdbool.h>

struct sample {
  /* seconds */
  double cpu, wall;
  /* seconds until there was a first result; 0 where that means nothing */
  double first;
  /* how many rows, cells, calls ... it did */
  long units;
  /* rows in the table so far, of a run in steps */
  long rows;
  /* of the process at its peak, without what it had been given as input */
  long peak_kb;
  long bytes;
  /* the query plan */
  char plan[200];
  /* why there is no result; empty if there is one */
  char skipped[200];
  char error[400];
};

double wall_now(void);
double cpu_now(void);

/* The clock runs between the two. */
void begin(struct sample *sample);
void end(struct sample *sample, long units);

/* Memory for input: it does not count as the work's. Never freed. */
void *input_memory(long bytes);

#endif
