/* What takes minutes: whether anything grows that should not. */
#ifndef CRSQL_BENCH_SCALE_H
#define CRSQL_BENCH_SCALE_H

#include "child.h"

/* Gives whether everything came to its end. */
bool measure_scale(const struct run *run);

#endif
