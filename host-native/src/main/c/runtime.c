/*
 * What the stock runtime would change for the whole process (locale, random seed, a signal and its
 * mask, a timer) or would write to its standard error is left out; what is left of those interfaces
 * is here.
 */
#include "runtime.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "exports.h"
#include "fiber.h"
#include "heap.h"
#include "lock.h"
#include "log.h"
#include "os.h"
#include "strings_unpack.h"
#include "time.h"

extern int host_main(int argc, char **argv);

void teavm_beforeInit(void) { strings_unpack(); }

/* Java code here has neither threads nor timers. */
void teavm_waitFor(int64_t timeout) {
  (void) timeout;
  abort();
}

void teavm_interrupt(void) {}

int64_t teavm_currentTimeMillis(void) { return os_time(); }

#if !TEAVM_MEMORY_TRACE
/*
 * A library has no business on its host's standard error; with VM assertions TeaVM's own log.c
 * reports there.
 */
void teavm_printString(char16_t *s) { (void) s; }
void teavm_printWString(wchar_t *s) { (void) s; }
void teavm_printInt(int32_t i) { (void) i; }
void teavm_logchar(int32_t c) { (void) c; }
void teavm_logCodePoint(int32_t c) { (void) c; }
#endif

/*
 * Called by the allocator when collecting has not helped. Collects again, for the allocator is at
 * the end of its list of free chunks, and throws; the allocation is one of a Java method, like any
 * call.
 */
void teavm_outOfMemory(void) {
  meth_otr_GC_collectGarbageFullImpl(0);
  if (sfld_otr_GC_freeChunks <= 0) abort();
  java_out_of_memory();
}

static const char *start(void) {
  static bool settled, started;
  if (started) return NULL;
  if (!settled && !lock_init()) return "out of memory";
  settled = true;
  if (!heap_reserve()) return "cannot reserve address space for its heap (see ulimit -v)";
  char name[] = "crsqlite";
  char *arguments[] = {name, NULL};
  host_main(1, arguments);
  started = true;
  return NULL;
}

const char *runtime_start(void) {
  lock_acquire();
  const char *problem = start();
  lock_release();
  return problem;
}
