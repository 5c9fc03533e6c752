/* Where the Java heap lives. */
#pragma once
#include <stdbool.h>

/* Reserves the heap's address space, once; false, and nothing reserved, if the system refuses. */
bool heap_reserve(void);
