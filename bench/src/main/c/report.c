#include "report.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a;
  const double y = *(const double *)b;
  return (x > y) - (x < y);
}

struct spread {
  double median, least, most;
};

typedef double (*measure)(const struct sample *sample);

static double cpu(const struct sample *sample) { return sample->cpu; }
static double wall(const struct sample *sample) { return sample->wall; }
static double first(const struct sample *sample) { return sample->first; }
static double peak(const struct sample *sample) { return (double)sample->peak_kb; }

static struct spread spread(const struct sample *samples, int count, measure of) {
  double values[MOST_REPEATS];
  for (int i = 0; i < count; i++) values[i] = of(&samples[i]);
  qsort(values, (size_t)count, sizeof *values, compare);
  const double median =
      count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
  return (struct spread){median, values[0], values[count - 1]};
}

static void print_text(const char *name, const char *text) {
  printf(",\"%s\":\"", name);
  for (; *text != 0; text++) {
    if (*text == '"' || *text == '\\') {
      printf("\\%c", *text);
    } else if ((unsigned char)*text < ' ') {
      putchar(' ');
    } else {
      putchar(*text);
    }
  }
  putchar('"');
}

static void print_spread(const char *name, struct spread spread) {
  printf("\"%s\":%.9f,\"%s_min\":%.9f,\"%s_max\":%.9f,", name, spread.median, name, spread.least,
         name, spread.most);
}

static bool has_result(const struct outcome *outcome, enum side side) {
  const struct sample *last = &outcome->samples[side][outcome->count[side] - 1];
  return outcome->count[side] > 0 && last->error[0] == 0 && last->skipped[0] == 0;
}

static void print_side(enum side side, const struct outcome *outcome) {
  const int count = outcome->count[side];
  const struct sample *samples = outcome->samples[side];
  const struct sample *last = &samples[count - 1];
  printf(",\"%s\":{", side_names[side]);
  if (has_result(outcome, side)) {
    print_spread("cpu", spread(samples, count, cpu));
    print_spread("wall", spread(samples, count, wall));
    printf("\"first\":%.9f,\"units\":%ld,\"peak_kb\":%.0f,\"bytes\":%ld",
           spread(samples, count, first).median, last->units,
           spread(samples, count, peak).median, last->bytes);
    if (last->plan[0] != 0) print_text("plan", last->plan);
  } else {
    printf("\"units\":0");
    if (last->error[0] != 0) print_text("error", last->error);
    if (last->skipped[0] != 0) print_text("skipped", last->skipped);
  }
  putchar('}');
}

static double per_unit(const struct outcome *outcome, enum side side) {
  return spread(outcome->samples[side], outcome->count[side], cpu).median /
         (double)outcome->samples[side][0].units;
}

static void tell(const struct work *work, const struct run *run, const struct outcome *outcome) {
  fprintf(stderr, "%-26s %-7s %8ld", work->name, key_names[run->key], run->rows);
  for (int side = 0; side < SIDES; side++) {
    const struct sample *last = &outcome->samples[side][outcome->count[side] - 1];
    if (outcome->count[side] == 0) continue;
    if (!has_result(outcome, side)) {
      fprintf(stderr, "  %s: %s%s", side_names[side], last->error, last->skipped);
    } else if (last->cpu == 0) {
      fprintf(stderr, "  %s %ld bytes", side_names[side], last->bytes);
    } else {
      fprintf(stderr, "  %s %.3f us", side_names[side], 1e6 * per_unit(outcome, side));
    }
    if (side != PLAIN && has_result(outcome, side) && has_result(outcome, PLAIN)) {
      const struct sample *plain = &outcome->samples[PLAIN][0];
      fprintf(stderr, " = %.2f",
              last->cpu == 0 ? (double)last->bytes / (double)plain->bytes
                             : per_unit(outcome, side) / per_unit(outcome, PLAIN));
      if (last->peak_kb > 0) {
        const double more = spread(outcome->samples[side], outcome->count[side], peak).median -
                            spread(outcome->samples[PLAIN], outcome->count[PLAIN], peak).median;
        fprintf(stderr, " (%+.1f MB)", more / 1024);
      }
    }
  }
  fprintf(stderr, "  per %s\n", work->unit);
}

void report_work(const struct work *work, const struct run *run, const struct outcome *outcome) {
  printf("{\"work\":\"%s\",\"key\":\"%s\",\"rows\":%ld,\"unit\":\"%s\",\"repeat\":%d", work->name,
         key_names[run->key], run->rows, work->unit, work->once ? 1 : run->options->repeat);
  for (int side = 0; side < SIDES; side++) {
    if (outcome->count[side] > 0) print_side(side, outcome);
  }
  puts("}");
  fflush(stdout);
  tell(work, run, outcome);
}

void report_step(const char *name, const struct run *run, const struct sample *sample) {
  printf("{\"scale\":\"%s\",\"key\":\"%s\",\"side\":\"%s\"", name, key_names[run->key],
         side_names[run->side]);
  if (sample->error[0] != 0) {
    print_text("error", sample->error);
  } else if (sample->skipped[0] != 0) {
    print_text("skipped", sample->skipped);
  } else {
    printf(",\"at\":%ld,\"units\":%ld,\"cpu\":%.9f,\"wall\":%.9f,\"bytes\":%ld,\"peak_kb\":%ld",
           sample->rows, sample->units, sample->cpu, sample->wall, sample->bytes,
           sample->peak_kb);
  }
  puts("}");
  fflush(stdout);
  fprintf(stderr, "%-14s %-7s %-5s at %9ld  cpu %.3f s  %ld bytes  peak %.1f MB %s%s\n", name,
          key_names[run->key], side_names[run->side], sample->rows, sample->cpu, sample->bytes,
          (double)sample->peak_kb / 1024, sample->error, sample->skipped);
}

void report_versions(const char *crsql, const char *sync) {
  printf("{\"sqlite\":\"%s\"", sqlite3_libversion());
  print_text("crsql", crsql);
  if (sync[0] != 0) print_text("sync", sync);
  puts("}");
}
