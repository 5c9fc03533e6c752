/* What a peer lacks that has all but the last hundred cells, asked for again and again. */
#ifndef CRSQL_BENCH_DELTAS_H
#define CRSQL_BENCH_DELTAS_H

#include "exchange.h"

/* Writes a hundred cells, spread over the table, and asks for them. */
void ask_delta(sqlite3 *db, const struct run *run, enum form form, struct sample *sample);

#endif
