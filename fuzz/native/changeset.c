/*
 * The compiled extension takes the same inputs as ChangesetFuzzTest (see docs/fuzzing.md): a
 * changeset without its check, which is put behind it.
 */
#include "database.h"

enum {
  CHECK_BYTES = 16,
  KEPT_FOR = 500 /* inputs */,
  SENT_ON = 20 /* inputs */
};

static uint64_t rotate(uint64_t word, int by) { return word << by | word >> (64 - by); }

static void rounds(uint64_t *v, int count) {
  for (int i = 0; i < count; i++) {
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
  }
}

static void put(const uint64_t *v, uint8_t *out) {
  const uint64_t word = v[0] ^ v[1] ^ v[2] ^ v[3];
  for (int i = 0; i < 8; i++) out[i] = (uint8_t) (word >> 8 * i);
}

/* SipHash-2-4 with 128 bits of output under a key of zeros. */
static void add_check(uint8_t *data, size_t size) {
  uint64_t v[4] = {
    0x736f6d6570736575, 0x646f72616e646f6d ^ 0xee, 0x6c7967656e657261, 0x7465646279746573
  };
  for (size_t i = 0; i <= size / 8; i++) {
    uint64_t word = i < size / 8 ? 0 : (uint64_t) size << 56;
    for (size_t j = 8 * i; j < size && j < 8 * i + 8; j++) word |= (uint64_t) data[j] << 8 * (j % 8);
    v[3] ^= word;
    rounds(v, 2);
    v[0] ^= word;
  }
  v[2] ^= 0xee;
  rounds(v, 4);
  put(v, data + size);
  v[1] ^= 0xdd;
  rounds(v, 4);
  put(v, data + size + 8);
}

/* Applies a changeset; whether it was taken. A refusal is a sentence of crsql's. */
static bool apply(sqlite3 *db, const void *changeset, int size, sqlite3_int64 *rows) {
  sqlite3_stmt *stmt;
  const char *sql = "SELECT crsql_apply(?1)";
  if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
  sqlite3_bind_blob(stmt, 1, changeset, size, SQLITE_STATIC);
  const bool taken = sqlite3_step(stmt) == SQLITE_ROW;
  if (taken) {
    *rows = sqlite3_column_int64(stmt, 0);
  } else {
    const char *message = sqlite3_errmsg(db);
    check_message(message);
    if (strncmp(message, "crsql_apply: ", 13) != 0) fail("not a refusal of crsql's", message);
    if (strlen(message) > 2000) fail("too long", message);
  }
  sqlite3_finalize(stmt);
  return taken;
}

static const char STATE[] =
    "SELECT crsql_fingerprint() || hex(crsql_version_vector()) || crsql_dbversion()";

/* Another database is the same once it has applied what this one sends, unless it is too far ahead. */
static void send_on(sqlite3 *db) {
  sqlite3 *other = open_copy(1);
  sqlite3_stmt *stream;
  const char *sql = "SELECT changeset FROM crsql_changesets(NULL, 40)";
  if (sqlite3_prepare_v2(db, sql, -1, &stream, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
  bool all = true;
  int rc = SQLITE_ROW;
  while (all && (rc = sqlite3_step(stream)) == SQLITE_ROW) {
    sqlite3_int64 rows;
    all = apply(other, sqlite3_column_blob(stream, 0), sqlite3_column_bytes(stream, 0), &rows);
  }
  if (!all && !strstr(sqlite3_errmsg(other), "as far ahead of")) fail("sent on", sqlite3_errmsg(other));
  if (all && rc != SQLITE_DONE) fail("sending", sqlite3_errmsg(db));
  sqlite3_finalize(stream);
  if (all) {
    char *here = text(db, "SELECT crsql_fingerprint()");
    char *there = text(other, "SELECT crsql_fingerprint()");
    if (strcmp(here, there) != 0) fail("the databases differ", NULL);
    free(here);
    free(there);
  }
  check_sound(other);
  if (sqlite3_close(other) != SQLITE_OK) fail("close", NULL);
}

/* Whether the database finds no more wrong with itself than that sites have two writers. */
static void check_verified(sqlite3 *db) {
  char *found = text(db, "SELECT crsql_verify()");
  if (strcmp(found, "ok") != 0 && strncmp(found, "crsql_sites: ", 13) != 0) fail("verify", found);
  free(found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sqlite3 *kept;
  static int uses;
  static int taken;
  if (uses++ % KEPT_FOR == 0) {
    if (kept) check_sound(kept);
    if (sqlite3_close(kept) != SQLITE_OK) fail("close", sqlite3_errmsg(kept));
    kept = open_copy(0);
  }
  uint8_t *changeset = malloc(size + CHECK_BYTES);
  memcpy(changeset, data, size);
  add_check(changeset, size);
  run(kept, "BEGIN");
  char *before = text(kept, STATE);
  sqlite3_int64 rows, again;
  if (!apply(kept, changeset, (int) size + CHECK_BYTES, &rows)) {
    char *after = text(kept, STATE);
    if (strcmp(before, after) != 0) fail("a refused changeset changed something", NULL);
    free(after);
  } else if (!apply(kept, changeset, (int) size + CHECK_BYTES, &again) || again != 0) {
    fail("a changeset is not known the second time", sqlite3_errmsg(kept));
  } else {
    check_verified(kept);
    run(kept, "COMMIT");
    if (taken++ % SENT_ON == 0) {
      send_on(kept);
      check_sound(kept);
    }
    sqlite3_close(kept);
    kept = open_copy(0);
  }
  if (!sqlite3_get_autocommit(kept) && !run(kept, "COMMIT")) fail("COMMIT", sqlite3_errmsg(kept));
  free(before);
  free(changeset);
  return 0;
}
