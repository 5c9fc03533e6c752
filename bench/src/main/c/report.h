/* The results as lines of JSON on stdout, and for the eye on stderr. */
#ifndef CRSQL_BENCH_REPORT_H
#define CRSQL_BENCH_REPORT_H

#include "works.h"

enum { MOST_REPEATS = 99 };

/* All samples of a work, by side. */
struct outcome {
  struct sample samples[SIDES][MOST_REPEATS];
  int count[SIDES];
};

void report_work(const struct work *work, const struct run *run, const struct outcome *outcome);
/* One step of a run of --scale. */
void report_step(const char *name, const struct run *run, const struct sample *sample);
void report_versions(const char *crsql, const char *sync);

#endif
