#include "exchange.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "rows.h"

#define SYNC_COLUMNS "tbl, pk, col_name, col_value, col_version, db_version, site_id, cl, seq"

struct statements {
  const char *read;
  const char *write;
};

static const struct statements statements[SIDES][2] = {
    [CRSQL] = {{"SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_siteid())"
                " FROM crsql_changes",
                "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
                " VALUES(?, ?, ?, ?, ?, ?)"},
               {"SELECT changeset FROM crsql_changesets(NULL)", "SELECT crsql_apply(?)"}},
    [SYNC] = {{"SELECT " SYNC_COLUMNS " FROM cloudsync_changes",
               "INSERT INTO cloudsync_changes(" SYNC_COLUMNS ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"},
              {"SELECT cloudsync_payload_encode(" SYNC_COLUMNS ") FROM cloudsync_changes",
               "SELECT cloudsync_payload_decode(?)"}}};

const char *reading(enum side side, enum form form) { return statements[side][form].read; }

void need_form(sqlite3 *db, enum side side, enum form form) {
  static const char *const names[] = {"rows of changes", "changesets"};
  need(db, names[form], statements[side][form].read);
  need(db, names[form], statements[side][form].write);
}

/* A value in the file: its type, its bits or the number of its bytes, its bytes. */
struct head {
  int32_t type;
  int32_t length;
  union {
    int64_t integer;
    double real;
  } bits;
};

static void write_value(FILE *file, sqlite3_stmt *statement, int column) {
  struct head head = {.type = sqlite3_column_type(statement, column)};
  const void *bytes = NULL;
  switch (head.type) {
    case SQLITE_INTEGER: head.bits.integer = sqlite3_column_int64(statement, column); break;
    case SQLITE_FLOAT: head.bits.real = sqlite3_column_double(statement, column); break;
    case SQLITE_NULL: break;
    default:
      bytes = sqlite3_column_blob(statement, column);
      head.length = sqlite3_column_bytes(statement, column);
  }
  fwrite(&head, sizeof head, 1, file);
  if (head.length > 0) fwrite(bytes, 1, (size_t)head.length, file);
}

static const char *bind_value(sqlite3_stmt *statement, int index, const char *at) {
  struct head head;
  memcpy(&head, at, sizeof head);
  at += sizeof head;
  switch (head.type) {
    case SQLITE_INTEGER: sqlite3_bind_int64(statement, index, head.bits.integer); break;
    case SQLITE_FLOAT: sqlite3_bind_double(statement, index, head.bits.real); break;
    case SQLITE_NULL: sqlite3_bind_null(statement, index); break;
    case SQLITE_TEXT: sqlite3_bind_text(statement, index, at, head.length, SQLITE_STATIC); break;
    default: sqlite3_bind_blob(statement, index, at, head.length, SQLITE_STATIC);
  }
  return at + head.length;
}

static void make_message(const struct run *run, const char *path, enum form form) {
  sqlite3 *db = open_copy(run, &filled);
  need_form(db, run->side, form);
  sqlite3_stmt *read = prepare(db, statements[run->side][form].read);
  FILE *file = fopen(path, "w");
  int code;
  while ((code = sqlite3_step(read)) == SQLITE_ROW) {
    for (int c = 0; c < sqlite3_column_count(read); c++) write_value(file, read, c);
  }
  if (code != SQLITE_DONE) fail_sqlite(db, statements[run->side][form].read);
  finalize(read);
  if (fclose(file) != 0) fail("%s cannot be written", path);
}

static void make_rows(const struct run *run, const char *path) { make_message(run, path, ROWS); }

static void make_changesets(const struct run *run, const char *path) {
  make_message(run, path, CHANGESETS);
}

static const struct preparation messages[] = {{"rows", make_rows},
                                              {"changesets", make_changesets}};

struct message message_of(const struct run *run, enum form form) {
  char path[PATH_SIZE];
  prepared(run, &messages[form], path);
  const long size = file_size(path);
  char *bytes = input_memory(size);
  FILE *file = fopen(path, "r");
  setvbuf(file, NULL, _IONBF, 0);
  if (fread(bytes, 1, (size_t)size, file) != (size_t)size) fail("%s cannot be read", path);
  fclose(file);
  return (struct message){bytes, size};
}

long merge(sqlite3 *db, const struct run *run, enum form form, struct message message) {
  sqlite3_stmt *write = prepare(db, statements[run->side][form].write);
  const int columns = sqlite3_bind_parameter_count(write);
  const char *at = message.bytes;
  long merged = 0;
  if (form == ROWS) execute(db, "BEGIN");
  while (at < message.bytes + message.size) {
    for (int c = 1; c <= columns; c++) at = bind_value(write, c, at);
    drain(write);
    merged++;
  }
  if (form == ROWS) execute(db, "COMMIT");
  finalize(write);
  /* every row has four columns besides its key; how many cells a changeset holds is not seen */
  return form == ROWS ? merged : 4 * run->rows;
}

void pass_on(sqlite3 *from, sqlite3 *to, enum side side, enum form form) {
  sqlite3_stmt *read = prepare(from, statements[side][form].read);
  sqlite3_stmt *write = prepare(to, statements[side][form].write);
  int code;
  while ((code = sqlite3_step(read)) == SQLITE_ROW) {
    for (int c = 0; c < sqlite3_column_count(read); c++) {
      sqlite3_bind_value(write, c + 1, sqlite3_column_value(read, c));
    }
    drain(write);
  }
  if (code != SQLITE_DONE) fail_sqlite(from, statements[side][form].read);
  finalize(read);
  finalize(write);
}
