#include "rows.h"

#include <stdint.h>
#include <stdio.h>

#include "database.h"

/* splitmix64: any i gives 64 bits that look random */
static uint64_t mix(uint64_t i) {
  uint64_t z = i * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

void text_key(long i, char key[KEY_LENGTH]) {
  static const char digits[] = "0123456789abcdef";
  const uint64_t halves[2] = {mix(2 * (uint64_t)i + 1), mix(2 * (uint64_t)i + 2)};
  for (int d = 0; d < KEY_LENGTH; d++) {
    key[d] = digits[(halves[d / 16] >> (4 * (d % 16))) & 15];
  }
}

void bind_key(sqlite3_stmt *statement, int index, enum key key, long i) {
  if (key == INTEGER_KEY) {
    sqlite3_bind_int64(statement, index, i + 1);
  } else {
    char text[KEY_LENGTH];
    text_key(i, text);
    sqlite3_bind_text(statement, index, text, KEY_LENGTH, SQLITE_TRANSIENT);
  }
}

void insert_rows(sqlite3 *db, enum key key, long from, long to) {
  sqlite3_stmt *insert = prepare(db, "INSERT INTO todo VALUES(?, ?, ?, ?, ?)");
  char title[64];
  char note[64];
  for (long i = from; i < to; i++) {
    bind_key(insert, 1, key, i);
    const int title_length = snprintf(title, sizeof title, "title of todo %ld", i);
    const int note_length = snprintf(note, sizeof note, "a note of some length on todo %ld", i);
    sqlite3_bind_text(insert, 2, title, title_length, SQLITE_STATIC);
    sqlite3_bind_int(insert, 3, 0);
    sqlite3_bind_double(insert, 4, (double)i / 2);
    sqlite3_bind_text(insert, 5, note, note_length, SQLITE_STATIC);
    drain(insert);
  }
  finalize(insert);
}
