/* The linker's flag nodelete (CToLibrary.java) keeps the code mapped here. */
#include <pthread.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "os.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

int64_t os_time(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

size_t os_page_size(void) { return (size_t) sysconf(_SC_PAGESIZE); }

void *os_reserve(size_t bytes) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *start = mmap(NULL, bytes, PROT_NONE, flags, -1, 0);
  return start == MAP_FAILED ? NULL : start;
}

bool os_commit(void *start, size_t bytes) {
  return mprotect(start, bytes, PROT_READ | PROT_WRITE) == 0;
}

void os_decommit(void *start, size_t bytes) {
  madvise(start, bytes, MADV_DONTNEED);
  mprotect(start, bytes, PROT_NONE);
}

void os_lock(void) { pthread_mutex_lock(&mutex); }

void os_unlock(void) { pthread_mutex_unlock(&mutex); }

void os_lock_renew(void) { pthread_mutex_init(&mutex, NULL); }

bool os_settle(void (*before_fork)(void), void (*in_parent)(void), void (*in_child)(void)) {
  return pthread_atfork(before_fork, in_parent, in_child) == 0;
}
