#include "child.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int pipe_out = -1;

void send(const struct sample *sample) {
  if (write(pipe_out, sample, sizeof *sample) != (ssize_t)sizeof *sample) _exit(1);
}

static _Noreturn void leave(char *where, size_t size, const struct sample *sample,
                            const char *format, va_list arguments) {
  vsnprintf(where, size, format, arguments);
  send(sample);
  _exit(0);
}

void fail(const char *format, ...) {
  struct sample sample = {0};
  va_list arguments;
  va_start(arguments, format);
  leave(sample.error, sizeof sample.error, &sample, format, arguments);
}

void skip(const char *format, ...) {
  struct sample sample = {0};
  va_list arguments;
  va_start(arguments, format);
  leave(sample.skipped, sizeof sample.skipped, &sample, format, arguments);
}

static bool receive(int from, struct sample *sample) {
  size_t had = 0;
  while (had < sizeof *sample) {
    const ssize_t got = read(from, (char *)sample + had, sizeof *sample - had);
    if (got == 0 || (got < 0 && errno != EINTR)) return false;
    if (got > 0) had += (size_t)got;
  }
  return true;
}

void run_child(const struct run *run, work_function work, sample_function sink, void *context) {
  int ends[2];
  if (pipe(ends) != 0) {
    perror("driver: pipe");
    exit(1);
  }
  fflush(NULL);
  const pid_t child = fork();
  if (child < 0) {
    perror("driver: fork");
    exit(1);
  }
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(ends[0]);
    pipe_out = ends[1];
    struct sample sample = {0};
    work(run, &sample);
    send(&sample);
    _exit(0);
  }
  close(ends[1]);
  struct sample sample;
  while (receive(ends[0], &sample)) sink(run, &sample, context);
  close(ends[0]);
  int status;
  waitpid(child, &status, 0);
  if (status != 0) {
    memset(&sample, 0, sizeof sample);
    snprintf(sample.error, sizeof sample.error, "the process ended with status %d", status);
    sink(run, &sample, context);
  }
}
