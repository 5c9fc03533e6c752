/*
 * The whole library as one translation unit, so that calls between its Java and C halves are
 * inlined.
 */
#define _GNU_SOURCE
#include <locale.h>
#include <stdlib.h>

#include "port.h"

#include "java.c"

#include "callbacks.c"
#include "connection.c"
#include "entry.c"
#include "heap.c"
#include "lock.c"
#include "runtime.c"
#include "strings_unpack.c"

/* Last, for the macros of windows.h. */
#ifdef _WIN32
#include "os_windows.c"
#else
#include "os_posix.c"
#endif
