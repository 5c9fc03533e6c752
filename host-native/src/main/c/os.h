/* What the library asks of the operating system: os_posix.c, os_windows.c. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Before the definition of what the library exports. */
#ifdef _WIN32
#define OS_EXPORT __declspec(dllexport)
#else
#define OS_EXPORT __attribute__((visibility("default")))
#endif

/* Milliseconds since 1970. */
int64_t os_time(void);

size_t os_page_size(void);

/* Address space that nothing may touch yet, or NULL if the system refuses. */
void *os_reserve(size_t bytes);

/* Makes whole pages of it usable, with zeros in them; false if the system refuses. */
bool os_commit(void *start, size_t bytes);

/* Gives whole pages back to the system; they stay reserved. */
void os_decommit(void *start, size_t bytes);

/* One mutex, not recursive. */
void os_lock(void);
void os_unlock(void);

/* Of a process that fork() has made: the mutex is free, whoever had it. */
void os_lock_renew(void);

/*
 * Keeps the library's code mapped for as long as the process lives, and has these called around
 * fork(), where there is one. False if memory ran out.
 */
bool os_settle(void (*before_fork)(void), void (*in_parent)(void), void (*in_child)(void));
