/*
 * The compiled Java code runs on one thread at a time. A thread is "inside" while it runs Java and
 * "outside" while Java has called SQLite and waits: SQLite may sleep for another connection's write
 * lock, and must not do so with ours held. The Java frames of the threads that are outside stay
 * known to the garbage collector.
 */
#pragma once
#include <sqlite3ext.h>
#include <stdbool.h>

/*
 * The routines of the SQLite that the thread inside is working for: several copies of SQLite may
 * live in one process.
 */
extern const sqlite3_api_routines *sqlite3_api;

struct visit {
  const sqlite3_api_routines *outer;
  bool nested;
};

/*
 * Goes inside on behalf of a connection of the given SQLite, from a thread that is outside or new.
 */
void visit_begin(struct visit *v, const sqlite3_api_routines *api);
void visit_end(const struct visit *v);

/* Between these two the calling thread, which is inside, is outside. */
void step_out(void);
void step_in(const sqlite3_api_routines *api);

/* Calls a routine that may take long or call back, from outside: OUTSIDE(int, step(s)). */
#define OUTSIDE(type, call) \
  ({ \
    const sqlite3_api_routines *const api_ = sqlite3_api; \
    step_out(); \
    const type result_ = api_->call; \
    step_in(api_); \
    result_; \
  })

/*
 * Once per process, before the first visit: keeps the lock's code mapped and children of fork()
 * usable. False if memory ran out.
 */
bool lock_init(void);

/* For the start-up alone, before any visit. */
void lock_acquire(void);
void lock_release(void);
