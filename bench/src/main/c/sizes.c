/* How large the file is once everything is in it. */
#include <stddef.h>

#include "prepared.h"
#include "rows.h"
#include "works.h"

#define EVERYONE (ON(PLAIN) | ON(CRSQL) | ON(SYNC))

static void size(const struct run *run, struct sample *sample, const char *write, bool folded) {
  char path[PATH_SIZE];
  sqlite3 *db = open_copy(run, &filled);
  if (write != NULL) execute(db, write);
  if (folded && run->side == CRSQL) execute(db, "SELECT crsql_optimize()");
  execute(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  copy_path(run, path);
  sample->bytes = file_size(path);
  sample->units = 1;
}

static const char update_column[] = "UPDATE todo SET done = done + 1";
static const char update_all[] =
    "UPDATE todo SET title = 'another title', done = done + 1, pos = pos + 1,"
    " note = 'another note, a little longer'";
static const char delete_half[] = "DELETE FROM todo WHERE rowid % 2 = 0";

#define SIZE(name, write, folded)                                   \
  static void name(const struct run *run, struct sample *sample) {  \
    size(run, sample, write, folded);                               \
  }

SIZE(inserted, NULL, false)
SIZE(inserted_folded, NULL, true)
SIZE(column_updated, update_column, false)
SIZE(column_updated_folded, update_column, true)
SIZE(all_updated_folded, update_all, true)
SIZE(half_deleted_folded, delete_half, true)

#define WORK(id, function) \
  {.name = id, .unit = "file", .sides = EVERYONE, .run = function, .once = true}

const struct work size_works[] = {WORK("size", inserted),
                                  WORK("size_folded", inserted_folded),
                                  WORK("size_update_column", column_updated),
                                  WORK("size_update_column_folded", column_updated_folded),
                                  WORK("size_update_all_folded", all_updated_folded),
                                  WORK("size_delete_half_folded", half_deleted_folded),
                                  {0}};
