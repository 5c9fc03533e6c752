/* Each run is a process of its own, so that none inherits the memory or the libraries of another. */
#ifndef CRSQL_BENCH_CHILD_H
#define CRSQL_BENCH_CHILD_H

#include "options.h"
#include "sample.h"

struct run {
  const struct options *options;
  enum side side;
  enum key key;
  /* rows of the table */
  long rows;
  /* of this run alone, for its files */
  const char *directory;
};

typedef void (*work_function)(const struct run *run, struct sample *sample);
typedef void (*sample_function)(const struct run *run, const struct sample *sample, void *context);

/* Runs the work in a child; sink gets each sample that it sends, and the one that it leaves. */
void run_child(const struct run *run, work_function work, sample_function sink, void *context);

/* In a child: sends one of several samples. */
void send(const struct sample *sample);

/* In a child: ends it, and the run has no result. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void skip(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
