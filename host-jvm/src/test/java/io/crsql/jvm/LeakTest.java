package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Connections come and go by the hundred thousand in property tests: nothing may stay behind. */
class LeakTest {
  private static final int CONNECTIONS = 20_000;

  @Test
  void memoryStaysFlat() {
    connections(100);
    int handles = Handles.size();
    long bytes = Sqlite.sqlite3_memory_used();
    connections(CONNECTIONS);
    assertThat(Handles.size()).isEqualTo(handles);
    assertThat(Sqlite.sqlite3_memory_used()).isEqualTo(bytes);
  }

  private static void connections(int count) {
    for (int i = 0; i < count; i++) {
      try (JvmDatabase database =
          JvmDatabase.open(":memory:", db -> db.table("numbers", true, new NumberTable()))) {
        database.value("SELECT sum(square) FROM numbers");
      }
    }
  }
}
