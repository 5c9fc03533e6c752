package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  @Test
  void connectionsOfManyThreadsDoNotDisturbEachOther() throws Exception {
    int handles = Handles.size();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> connections(1_000)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(Handles.size()).isEqualTo(handles);
  }

  private static void connections(int count) {
    for (int i = 0; i < count; i++) {
      try (JvmDatabase database =
          JvmDatabase.open(":memory:", db -> db.table("numbers", true, new NumberTable()))) {
        assertThat(database.value("SELECT sum(square) FROM numbers")).isEqualTo(285L);
      }
    }
  }
}
