#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const side_names[SIDES] = {"plain", "crsql", "sync"};
const char *const key_names[KEYS] = {"text", "integer"};

static const char usage[] =
    "usage: driver [options] CRSQLITE.SO\n"
    "  --rows N          rows of the table (100000)\n"
    "  --repeat N        repetitions of each work and side (5)\n"
    "  --transactions N  of the work with one row per transaction (10000)\n"
    "  --key text|integer  only this kind of key\n"
    "  --only A,B        only works whose names contain A or B\n"
    "  --sync FILE       sqlite-sync's extension, to be measured beside\n"
    "  --dir DIR         where the databases are made (/var/tmp)\n"
    "  --scale           what takes minutes: many rows, many sites, large transactions\n"
    "  --scale-rows N    rows of --scale (10000000)\n";

static long positive(const char *text) {
  char *end;
  const long value = strtol(text, &end, 10);
  if (*text == 0 || *end != 0 || value < 1) {
    fprintf(stderr, "driver: %s is not a positive number\n", text);
    exit(2);
  }
  return value;
}

static void choose_key(struct options *options, const char *name) {
  for (int k = 0; k < KEYS; k++) options->key[k] = strcmp(name, key_names[k]) == 0;
  if (!options->key[TEXT_KEY] && !options->key[INTEGER_KEY]) {
    fprintf(stderr, "driver: --key is text or integer, not %s\n", name);
    exit(2);
  }
}

struct options parse_options(int argc, char **argv) {
  static const struct option names[] = {
      {"rows", required_argument, NULL, 'r'},   {"repeat", required_argument, NULL, 'n'},
      {"key", required_argument, NULL, 'k'},    {"transactions", required_argument, NULL, 't'},
      {"only", required_argument, NULL, 'o'},   {"sync", required_argument, NULL, 's'},
      {"dir", required_argument, NULL, 'd'},    {"scale", no_argument, NULL, 'S'},
      {"scale-rows", required_argument, NULL, 'R'}, {NULL, 0, NULL, 0}};
  struct options options = {.directory = "/var/tmp",
                            .rows = 100000,
                            .transactions = 10000,
                            .scale_rows = 10000000,
                            .repeat = 5,
                            .key = {true, true}};
  int option;
  while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
    switch (option) {
      case 'r': options.rows = positive(optarg); break;
      case 'n': options.repeat = (int)positive(optarg); break;
      case 't': options.transactions = positive(optarg); break;
      case 'R': options.scale_rows = positive(optarg); break;
      case 'k': choose_key(&options, optarg); break;
      case 'o': options.only = optarg; break;
      case 's': options.library[SYNC] = optarg; break;
      case 'd': options.directory = optarg; break;
      case 'S': options.scale = true; break;
      default: fputs(usage, stderr); exit(2);
    }
  }
  if (optind != argc - 1) {
    fputs(usage, stderr);
    exit(2);
  }
  options.library[CRSQL] = argv[optind];
  return options;
}

bool is_chosen(const struct options *options, const char *name) {
  if (options->only == NULL) return true;
  char parts[512];
  snprintf(parts, sizeof parts, "%s", options->only);
  for (char *part = strtok(parts, ","); part != NULL; part = strtok(NULL, ",")) {
    if (strstr(name, part) != NULL) return true;
  }
  return false;
}
