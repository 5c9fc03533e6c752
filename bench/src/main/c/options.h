/* What the command line asks for. */
#ifndef CRSQL_BENCH_OPTIONS_H
#define CRSQL_BENCH_OPTIONS_H

#include <stdbool.h>

enum side { PLAIN, CRSQL, SYNC, SIDES };
enum key { TEXT_KEY, INTEGER_KEY, KEYS };

extern const char *const side_names[SIDES];
extern const char *const key_names[KEYS];

struct options {
  /* of each side its extension; NULL for plain SQLite and a side that is not measured */
  const char *library[SIDES];
  const char *directory;
  /* the works to run, comma-separated parts of their names; NULL: all of them */
  const char *only;
  long rows;
  long transactions;
  long scale_rows;
  int repeat;
  bool key[KEYS];
  bool scale;
};

/* Exits with 2 and a sentence if the arguments are wrong. */
struct options parse_options(int argc, char **argv);

/* Whether a work of this name is to run. */
bool is_chosen(const struct options *options, const char *name);

#endif
