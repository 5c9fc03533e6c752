/*
 * How a frame of compiled Java notes what catches the exceptions of the call that it makes: by a
 * row of the table that the build has put in place of TeaVM's (CallSites.java), which the compiler
 * finds for each call. Row 0, which a frame starts with, is that of all calls of a function that
 * catches nothing.
 */
#pragma once

#include "stack.h"

#include "callsites.h"

#undef TEAVM_ALLOC_STACK
#define TEAVM_ALLOC_STACK(sz)                                                \
  struct {                                                                   \
    TeaVM_StackFrame header;                                                 \
    void *data[(sz)];                                                        \
  } teavm_shadowStack;                                                       \
  teavm_shadowStack.header.next = teavm_stackTop;                            \
  teavm_shadowStack.header.size = (sz);                                      \
  teavm_shadowStack.header.callSiteId = 0;                                   \
  teavm_stackTop = &teavm_shadowStack.header

/* TeaVM's own C code has -1 for a call that is none of Java's. */
#define TEAVM_ROW(id) ((id) < 0 ? (id) : teavm_callSiteRows[id])

#undef TEAVM_CALL_SITE
#define TEAVM_CALL_SITE(id) \
  (TEAVM_ROW(id) == 0 ? (void) 0 : (void) (teavm_shadowStack.header.callSiteId = TEAVM_ROW(id)))
