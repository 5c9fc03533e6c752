#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "os.h"

static SRWLOCK mutex = SRWLOCK_INIT;

/* Windows counts from 1601, in steps of 100 ns. */
int64_t os_time(void) {
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  const int64_t steps = (int64_t) now.dwHighDateTime << 32 | now.dwLowDateTime;
  return steps / 10000 - INT64_C(11644473600000);
}

size_t os_page_size(void) {
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  return info.dwPageSize;
}

void *os_reserve(size_t bytes) { return VirtualAlloc(NULL, bytes, MEM_RESERVE, PAGE_NOACCESS); }

bool os_commit(void *start, size_t bytes) {
  return VirtualAlloc(start, bytes, MEM_COMMIT, PAGE_READWRITE) != NULL;
}

void os_decommit(void *start, size_t bytes) { VirtualFree(start, bytes, MEM_DECOMMIT); }

void os_lock(void) { AcquireSRWLockExclusive(&mutex); }

void os_unlock(void) { ReleaseSRWLockExclusive(&mutex); }

void os_lock_renew(void) {}

/* Windows has no fork(). */
bool os_settle(void (*before_fork)(void), void (*in_parent)(void), void (*in_child)(void)) {
  (void) before_fork, (void) in_parent, (void) in_child;
  HMODULE self;
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS;
  return GetModuleHandleExW(flags, (LPCWSTR) (void *) &mutex, &self);
}
