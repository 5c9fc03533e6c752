/* TeaVM's runtime as a guest in someone else's process. */
#pragma once

/*
 * Starts the Java side once per process; thread-safe. Returns NULL, or why it cannot, to be tried
 * again at the next load.
 */
const char *runtime_start(void);
