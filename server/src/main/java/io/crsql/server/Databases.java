package io.crsql.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The databases that somebody is connected to, or was a moment ago. Thread-safe. */
final class Databases {
  private final Environment environment;
  private final OpenSlots slots;
  private final Map<String, Entry> entries = new TreeMap<>();

  private static final class Entry {
    final HostedDatabase database;
    int users;
    long idleSince;

    Entry(HostedDatabase database) {
      this.database = database;
    }
  }

  Databases(Environment environment) {
    this.environment = environment;
    this.slots = new OpenSlots(environment.limits().databases(), () -> closeIdle(Duration.ZERO));
  }

  synchronized HostedDatabase enter(String name) {
    Entry entry =
        entries.computeIfAbsent(
            name, absent -> new Entry(new HostedDatabase(name, environment, slots)));
    entry.users++;
    return entry.database;
  }

  synchronized void leave(HostedDatabase database) {
    Entry entry = entries.get(database.name());
    entry.users--;
    entry.idleSince = System.nanoTime();
  }

  synchronized List<HostedDatabase> all() {
    List<HostedDatabase> all = new ArrayList<>();
    entries.values().forEach(entry -> all.add(entry.database));
    return all;
  }

  int open() {
    return slots.taken();
  }

  void tick() {
    all().forEach(database -> database.submit(database::tick));
    closeIdle(environment.limits().idle());
  }

  /**
   * Closes databases that nobody has used for that long. Who comes meanwhile opens another one on
   * the same file, which SQLite keeps apart.
   */
  private synchronized void closeIdle(Duration idle) {
    long now = System.nanoTime();
    entries
        .values()
        .removeIf(
            entry -> {
              boolean out = entry.users == 0 && now - entry.idleSince >= idle.toNanos();
              if (out) {
                entry.database.close();
              }
              return out;
            });
  }

  void goAway() {
    all().forEach(database -> database.submit(database::goAway));
  }

  CompletableFuture<Void> close() {
    return CompletableFuture.allOf(
        all().stream().map(HostedDatabase::close).toArray(CompletableFuture<?>[]::new));
  }
}
