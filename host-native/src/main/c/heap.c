/*
 * The memory interface of TeaVM's runtime (memory.h), in place of the stock one, which neither
 * checks a reservation nor gives memory back, and whose mark queue, a sixteenth of the heap,
 * overflows on a long list of small objects.
 *
 * One reservation holds the heap and the collector's three tables, each with its own part that is
 * in use. The heap is at most HOST_MAX_HEAP bytes (the build passes it to TeaVM too).
 */
#include "heap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heaptrace.h"
#include "memory.h"
#include "os.h"

struct area {
  char *start;
  size_t used; /* bytes that may be touched, a whole number of pages */
};

/* One queue entry of 4 bytes per object of at least 16: the mark queue cannot overflow. */
enum { QUEUE_SHARE = 4 };

void *teavm_gc_heapAddress;
void *teavm_gc_gcStorageAddress;
int32_t teavm_gc_gcStorageSize;
void *teavm_gc_regionsAddress;
void *teavm_gc_cardTable;
int32_t teavm_gc_regionMaxCount;
int64_t teavm_gc_availableBytes;
int64_t teavm_gc_minAvailableBytes;
int64_t teavm_gc_maxAvailableBytes;
void ***teavm_gc_staticRoots;

static struct area heap, queue, regions, cards;
#if TEAVM_MEMORY_TRACE
static struct area heap_map, mark_map;
#endif

static size_t whole_pages(int64_t bytes) {
  const size_t page = os_page_size();
  return ((size_t) bytes + page - 1) / page * page;
}

static int32_t queue_bytes(int64_t heap_bytes) { return (int32_t) (heap_bytes / QUEUE_SHARE); }

static int32_t region_count(int64_t heap_bytes) {
  return (int32_t) (heap_bytes / teavm_gc_regionSize) + 1;
}

static size_t region_bytes(int64_t heap_bytes) {
  return (size_t) region_count(heap_bytes) * sizeof(int16_t);
}

bool heap_reserve(void) {
  if (heap.start) return true;
  struct {
    struct area *area;
    size_t size;
  } parts[] = {
    {&heap, whole_pages(HOST_MAX_HEAP)},
    {&queue, whole_pages(queue_bytes(HOST_MAX_HEAP))},
    {&regions, whole_pages((int64_t) region_bytes(HOST_MAX_HEAP))},
    {&cards, whole_pages(region_count(HOST_MAX_HEAP))},
#if TEAVM_MEMORY_TRACE
    {&heap_map, whole_pages(HOST_MAX_HEAP / sizeof(void *))},
    {&mark_map, whole_pages(HOST_MAX_HEAP / sizeof(void *))},
#endif
  };
  const size_t count = sizeof parts / sizeof *parts;
  size_t total = 0;
  for (size_t i = 0; i < count; i++) total += parts[i].size;
  char *start = os_reserve(total);
  if (!start) return false;
  for (size_t i = 0; i < count; i++) {
    parts[i].area->start = start;
    start += parts[i].size;
  }
  return true;
}

/* Makes the first `bytes` of an area usable, or gives back to the system what lies beyond them. */
static void resize(struct area *a, int64_t bytes) {
  const size_t size = whole_pages(bytes);
  if (size > a->used) {
    if (!os_commit(a->start + a->used, size - a->used)) {
      fputs("crsqlite: the system refuses memory for the Java heap\n", stderr);
      abort();
    }
  } else if (size < a->used) {
    os_decommit(a->start + size, a->used - size);
  }
  a->used = size;
}

void teavm_gc_resizeHeap(int64_t bytes) {
  if (bytes == teavm_gc_availableBytes) return;
  teavm_gc_heapResized(bytes);
  resize(&heap, bytes);
  resize(&queue, queue_bytes(bytes));
  resize(&regions, (int64_t) region_bytes(bytes));
  resize(&cards, region_count(bytes));
  teavm_gc_gcStorageSize = queue_bytes(bytes);
  teavm_gc_regionMaxCount = region_count(bytes);
  teavm_gc_availableBytes = bytes;
}

void teavm_initHeap(int64_t min, int64_t max) {
  teavm_gc_heapAddress = heap.start;
  teavm_gc_gcStorageAddress = queue.start;
  teavm_gc_regionsAddress = regions.start;
  teavm_gc_cardTable = cards.start;
#if TEAVM_MEMORY_TRACE
  resize(&heap_map, HOST_MAX_HEAP / sizeof(void *));
  resize(&mark_map, HOST_MAX_HEAP / sizeof(void *));
  teavm_gc_heapMap = (uint8_t *) heap_map.start;
  teavm_gc_markMap = (uint8_t *) mark_map.start;
#endif
  teavm_gc_minAvailableBytes = min;
  teavm_gc_maxAvailableBytes = max;
  teavm_gc_resizeHeap(min);
}

/*
 * The addresses of all static fields that hold references: collected class by class, then one array
 * led by its length.
 */
static void ***roots;
static size_t root_count, root_capacity;

void teavm_registerStaticGcRoots(void ***fields, int count) {
  if (root_count + (size_t) count + 1 > root_capacity) {
    root_capacity = 2 * (root_count + (size_t) count + 1);
    roots = realloc(roots, root_capacity * sizeof *roots);
    if (!roots) abort();
  }
  memcpy(roots + 1 + root_count, fields, (size_t) count * sizeof *roots);
  root_count += (size_t) count;
}

void teavm_initStaticGcRoots(void) {
  if (!roots) roots = malloc(sizeof *roots);
  if (!roots) abort();
  roots[0] = (void **) (intptr_t) root_count;
  teavm_gc_staticRoots = roots;
}
