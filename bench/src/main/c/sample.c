#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

static double now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double wall_now(void) { return now(CLOCK_MONOTONIC); }

double cpu_now(void) { return now(CLOCK_PROCESS_CPUTIME_ID); }

static long input_kb;

void *input_memory(long bytes) {
  void *memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) abort();
  input_kb += bytes / 1024;
  return memory;
}

/* ru_maxrss would include the peak of the process that forked this one. */
static long peak_kb(void) {
  char line[256];
  long kb = 0;
  FILE *status = fopen("/proc/self/status", "r");
  if (status == NULL) return 0;
  while (fgets(line, sizeof line, status) != NULL) {
    if (sscanf(line, "VmHWM: %ld", &kb) == 1) break;
  }
  fclose(status);
  return kb;
}

void begin(struct sample *sample) {
  sample->wall = wall_now();
  sample->cpu = cpu_now();
}

void end(struct sample *sample, long units) {
  sample->cpu = cpu_now() - sample->cpu;
  sample->wall = wall_now() - sample->wall;
  sample->units = units;
  sample->peak_kb = peak_kb() - input_kb;
}
