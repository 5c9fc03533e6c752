#include "lock.h"

#include "os.h"
#include "stack.h"

/* What a thread has on TeaVM's shadow stack, a list of frames from teavm_stackTop down. */
struct thread {
  TeaVM_StackFrame bottom; /* empty; leads on from the thread's own frames to those of others */
  TeaVM_StackFrame *top;   /* while outside */
  int depth;               /* visits begun and not ended */
  bool inside;
  struct thread *prev, *next; /* in the list of threads outside */
};

enum { NO_CALL_SITE = -1 };

const sqlite3_api_routines *sqlite3_api;

static struct thread *outside;
static __thread struct thread self;

static TeaVM_StackFrame *frames_of(const struct thread *t) { return t ? t->top : NULL; }

/*
 * Links t's frames before those of the threads that are outside already, so that a collection sees
 * them all.
 */
static void park(struct thread *t) {
  t->top = teavm_stackTop;
  t->prev = NULL;
  t->next = outside;
  if (outside) outside->prev = t;
  t->bottom.next = frames_of(outside);
  outside = t;
}

static void unpark(struct thread *t) {
  if (t->prev) {
    t->prev->next = t->next;
    t->prev->bottom.next = frames_of(t->next);
  } else {
    outside = t->next;
  }
  if (t->next) t->next->prev = t->prev;
  t->bottom.next = frames_of(outside);
  teavm_stackTop = t->top;
}

static void go_out(struct thread *t) {
  t->inside = false;
  teavm_stackTop = NULL;
  os_unlock();
}

static void go_in(struct thread *t) {
  os_lock();
  t->inside = true;
}

void visit_begin(struct visit *v, const sqlite3_api_routines *api) {
  struct thread *t = &self;
  v->nested = t->inside;
  if (!v->nested) {
    go_in(t);
    if (t->depth > 0) {
      unpark(t);
    } else {
      t->bottom = (TeaVM_StackFrame){.next = frames_of(outside), .callSiteId = NO_CALL_SITE};
      teavm_stackTop = &t->bottom;
    }
  }
  t->depth++;
  v->outer = sqlite3_api;
  sqlite3_api = api;
}

void visit_end(const struct visit *v) {
  struct thread *t = &self;
  sqlite3_api = v->outer;
  t->depth--;
  if (v->nested) return;
  if (t->depth > 0) park(t);
  go_out(t);
}

void step_out(void) {
  struct thread *t = &self;
  park(t);
  go_out(t);
}

void step_in(const sqlite3_api_routines *api) {
  struct thread *t = &self;
  go_in(t);
  unpark(t);
  sqlite3_api = api;
}

void lock_acquire(void) { os_lock(); }

void lock_release(void) { os_unlock(); }

/*
 * fork() waits until no thread is inside, so that the child's copy of the Java heap is a consistent
 * one. In the child only the calling thread is left: of the threads outside, none but itself may
 * still be one.
 */
static void before_fork(void) {
  if (!self.inside) os_lock();
}

static void after_fork_in_parent(void) {
  if (!self.inside) os_unlock();
}

static void after_fork_in_child(void) {
  struct thread *t = &self;
  const bool parked = t->depth > 0 && !t->inside;
  os_lock_renew();
  outside = parked ? t : NULL;
  t->prev = t->next = NULL;
  t->bottom.next = NULL;
  if (t->inside) os_lock();
}

bool lock_init(void) {
  return os_settle(before_fork, after_fork_in_parent, after_fork_in_child);
}
