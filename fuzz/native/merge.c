/*
 * The compiled extension takes the same series as MergeFuzzTest (see docs/fuzzing.md), and the same
 * is checked.
 */
#include "database.h"

enum {
  FIELDS = 8,
  VERSION = 4,
  SITE = 5,
  LONGEST_SERIES = 60,
  KEPT_FOR = 2000 /* inputs */
};

struct line {
  const char *start;
  size_t length;
};

struct field {
  char type;
  const char *start;
  size_t length;
};

static void split(struct line line, struct field *fields) {
  memset(fields, 0, FIELDS * sizeof *fields);
  const char *at = line.start;
  const char *const end = line.start + line.length;
  for (int i = 0; i < FIELDS && at <= end; i++) {
    const char *tab = memchr(at, '\t', (size_t) (end - at));
    const char *stop = tab ? tab : end;
    if (stop > at) fields[i] = (struct field){*at, at + 1, (size_t) (stop - at - 1)};
    at = stop + 1;
  }
}

static sqlite3_int64 integer(struct field f) {
  char digits[32] = {0};
  if (f.start) memcpy(digits, f.start, f.length < sizeof digits - 1 ? f.length : sizeof digits - 1);
  return strtoll(digits, NULL, 10);
}

static double real(struct field f) {
  char digits[64] = {0};
  memcpy(digits, f.start, f.length < sizeof digits - 1 ? f.length : sizeof digits - 1);
  return strtod(digits, NULL);
}

static void bind(sqlite3_stmt *stmt, int param, struct field f) {
  char site[16];
  switch (f.type) {
    case 'i':
      sqlite3_bind_int64(stmt, param, integer(f));
      break;
    case 'r':
      sqlite3_bind_double(stmt, param, real(f));
      break;
    case 't':
      sqlite3_bind_text(stmt, param, f.start, (int) f.length, SQLITE_TRANSIENT);
      break;
    case 'b':
      sqlite3_bind_blob(stmt, param, f.start, (int) f.length, SQLITE_TRANSIENT);
      break;
    case 's':
      memset(site, f.length ? *f.start : 0, sizeof site);
      sqlite3_bind_blob(stmt, param, site, sizeof site, SQLITE_TRANSIENT);
      break;
    default:
      sqlite3_bind_null(stmt, param);
  }
}

static const char MERGE[] =
    "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, col, cl)"
    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/* Steps a merge; whether it was taken. A refusal is a sentence of crsql's. */
static bool merge(sqlite3 *db, sqlite3_stmt *stmt) {
  const int rc = sqlite3_step(stmt);
  if (rc == SQLITE_DONE) return true;
  const char *message = sqlite3_errmsg(db);
  check_message(message);
  if (strncmp(message, "crsql_changes: ", 15) != 0) fail("not a refusal of crsql's", message);
  if (strlen(message) > 2000) fail("too long", message);
  return false;
}

static void offer(sqlite3 *db, struct line line, bool watched) {
  struct field fields[FIELDS];
  split(line, fields);
  sqlite3_stmt *stmt;
  if (sqlite3_prepare_v2(db, MERGE, -1, &stmt, NULL) != SQLITE_OK) fail(MERGE, sqlite3_errmsg(db));
  for (int i = 0; i < FIELDS; i++) bind(stmt, i + 1, fields[i]);
  const sqlite3_int64 clock = number(db, "SELECT crsql_dbversion()");
  char *before = watched ? text(db, "SELECT crsql_fingerprint()") : NULL;
  const bool in_transaction = !sqlite3_get_autocommit(db);
  const bool taken = merge(db, stmt);
  sqlite3_finalize(stmt);
  if (in_transaction == sqlite3_get_autocommit(db)) fail("the transaction ended", NULL);
  const sqlite3_int64 now = number(db, "SELECT crsql_dbversion()");
  if (!taken && now != clock) fail("a refused change moved the clock", NULL);
  const sqlite3_int64 version = integer(fields[VERSION]);
  if (taken && now > (version > clock ? version : clock) + 1) fail("the clock leapt", NULL);
  if (watched && !taken) {
    char *after = text(db, "SELECT crsql_fingerprint()");
    if (strcmp(before, after) != 0) fail("a refused change changed something", NULL);
    free(after);
  }
  free(before);
}

/* Merges all that one database has into the other; false if something is too far ahead of it. */
static bool pull(sqlite3 *to, sqlite3 *from) {
  sqlite3_stmt *read, *write;
  sqlite3_prepare_v2(
      from,
      "SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_siteid()), NULL, NULL"
      " FROM crsql_changes",
      -1, &read, NULL);
  sqlite3_prepare_v2(to, MERGE, -1, &write, NULL);
  bool all = true;
  int rc;
  while ((rc = sqlite3_step(read)) == SQLITE_ROW) {
    for (int i = 0; i < FIELDS; i++) sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
    if (!merge(to, write)) {
      if (!strstr(sqlite3_errmsg(to), "version must be")) fail("pull", sqlite3_errmsg(to));
      all = false;
    }
    sqlite3_reset(write);
  }
  if (rc != SQLITE_DONE) fail("reading", sqlite3_errmsg(from));
  sqlite3_finalize(read);
  sqlite3_finalize(write);
  return all;
}

static void converge(sqlite3 *a, sqlite3 *b) {
  bool all = true;
  for (int round = 0; round < 2; round++) {
    all &= pull(b, a);
    all &= pull(a, b);
  }
  if (!all) return;
  char *here = text(a, "SELECT crsql_fingerprint()");
  char *there = text(b, "SELECT crsql_fingerprint()");
  if (strcmp(here, there) != 0) fail("the databases differ", NULL);
  free(here);
  free(there);
}

/* The bytes of a site, which are not one if there are not 16; none for NULL. */
static size_t site(struct field f, char *bytes) {
  if (f.type == 's') {
    memset(bytes, f.length ? *f.start : 0, 16);
    return 16;
  }
  if (f.type != 'b' || f.length != 16) return 0;
  memcpy(bytes, f.start, 16);
  return 16;
}

/* Whether an earlier line has the same stamp and says something else: no rules make that converge. */
static bool is_forged(const struct line *lines, int n) {
  struct field fields[FIELDS], earlier[FIELDS];
  char one[16], other[16];
  split(lines[n], fields);
  const size_t length = site(fields[SITE], one);
  for (int i = 0; i < n; i++) {
    split(lines[i], earlier);
    const bool same_line = lines[i].length == lines[n].length &&
                           memcmp(lines[i].start, lines[n].start, lines[n].length) == 0;
    const bool same_site =
        site(earlier[SITE], other) == length && memcmp(one, other, length) == 0;
    const bool same_version =
        fields[VERSION].start && earlier[VERSION].start &&
        integer(fields[VERSION]) == integer(earlier[VERSION]);
    if (!same_line && same_version && same_site) return true;
  }
  return false;
}

static bool is_action(struct line line) { return line.length == 2 && line.start[0] == '!'; }

/* A single change goes to a database that is kept for a while, which is a hundred times as fast. */
static void offer_alone(struct line line) {
  static sqlite3 *kept;
  static int uses;
  if (uses++ % KEPT_FOR == 0) {
    if (kept) check_sound(kept);
    if (sqlite3_close(kept) != SQLITE_OK) fail("close", sqlite3_errmsg(kept));
    kept = open_copy(0);
  }
  offer(kept, line, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!memchr(data, '\n', size)) {
    offer_alone((struct line){(const char *) data, size});
    return 0;
  }
  struct line lines[LONGEST_SERIES];
  int count = 0;
  const char *at = (const char *) data;
  const char *const end = at + size;
  while (at < end && count < LONGEST_SERIES) {
    const char *stop = memchr(at, '\n', (size_t) (end - at));
    if (!stop) stop = end;
    lines[count] = (struct line){at, (size_t) (stop - at)};
    if (stop > at && (is_action(lines[count]) || !is_forged(lines, count))) count++;
    at = stop + 1;
  }
  const bool watched = size < 400 && size % 2;
  sqlite3 *here = open_copy(0), *there = open_copy(1);
  for (int i = 0; i < count; i++) {
    const int action = is_action(lines[i]) ? lines[i].start[1] - 'a' : -1;
    if (!is_action(lines[i])) {
      offer(here, lines[i], watched);
    } else if (action >= 0 && action < action_count) {
      run(here, actions[action]);
    }
  }
  if (!sqlite3_get_autocommit(here) && !run(here, "COMMIT")) fail("COMMIT", sqlite3_errmsg(here));
  for (int i = count - 1; i >= 0; i--) {
    if (!is_action(lines[i])) offer(there, lines[i], false);
  }
  converge(here, there);
  check_sound(here);
  check_sound(there);
  if (sqlite3_close(here) != SQLITE_OK || sqlite3_close(there) != SQLITE_OK) fail("close", NULL);
  return 0;
}
