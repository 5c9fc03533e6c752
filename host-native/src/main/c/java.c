/*
 * The C code made from the Java classes (generated.c, which the build writes beside TeaVM's
 * output), and two files of TeaVM's runtime without what runtime.c has a version of its own of:
 * core.c without the side effects of its start-up, heaptrace.c without the end of the process when
 * memory runs out. Not code to warn about.
 */
#pragma GCC system_header

#include "config.h"
#if TEAVM_OBFUSCATED
#include "frames.h"
#endif

#include "generated.c"

#define teavm_beforeInit stock_beforeInit
#define setlocale(category, locale) ((void) 0)
#define srand(seed) ((void) 0)
#define teavm_initFiber() ((void) 0)
#define teavm_initTime() ((void) 0)
#include "core.c"
#undef teavm_beforeInit
#undef setlocale
#undef srand
#undef teavm_initFiber
#undef teavm_initTime

#define teavm_outOfMemory stock_outOfMemory
#include "heaptrace.c"
#undef teavm_outOfMemory
