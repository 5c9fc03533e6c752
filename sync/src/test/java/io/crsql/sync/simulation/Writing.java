package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import java.util.ArrayList;
import java.util.List;

/** Random statements of one peer. */
final class Writing {
  private static final int ITEMS = 8;

  private final Database database;
  private final int schema;
  private final int node;
  private final Ledger ledger;
  private final Rng rng;
  private final int longest;
  private final List<Runnable> committed = new ArrayList<>();

  Writing(Database database, int schema, int node, Ledger ledger, Rng rng) {
    this.database = database;
    this.schema = schema;
    this.node = node;
    this.ledger = ledger;
    this.rng = rng;
    this.longest = rng.of(List.of(0, 0, 0, 200, 1_500));
  }

  /** Runs a transaction. */
  void run(int statements, boolean rollback) {
    database.run("BEGIN");
    for (int i = 0; i < statements; i++) {
      statement();
    }
    database.run(rollback ? "ROLLBACK" : "COMMIT");
    if (!rollback) {
      committed.forEach(Runnable::run);
    }
  }

  private void statement() {
    int kind = rng.below(10);
    if (kind < 4) {
      proof();
    } else if (kind < 9) {
      item(kind);
    } else {
      tag();
    }
  }

  private void proof() {
    if (!Schema.has(schema, Schema.PROOF)) {
      return;
    }
    long old = rng.percent(25) ? ledger.takeUnnoted(node) : 0;
    if (old > 0) {
      String note = "note " + old + padding();
      database.run("UPDATE proof SET note = ?1 WHERE id = ?2", note, old);
      // A peer that was put back to a copy may not have the row yet.
      if (database.number("SELECT changes()") > 0) {
        committed.add(() -> ledger.noted(old, note));
      }
    } else {
      long id = ledger.next();
      database.run("INSERT INTO proof(id, who) VALUES(?1, ?2)", id, node);
      committed.add(() -> ledger.written(id, node));
    }
  }

  private void item(int kind) {
    if (!Schema.has(schema, Schema.ITEM)) {
      return;
    }
    String id = "i" + rng.below(ITEMS);
    String value = node + " " + rng.below(1_000) + padding();
    switch (kind) {
      case 4 -> database.run("INSERT OR REPLACE INTO item(id, a) VALUES(?1, ?2)", id, value);
      case 5 -> database.run("DELETE FROM item WHERE id = ?1", id);
      case 6 ->
          database.run(
              "INSERT INTO item(id, a) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET a = excluded.a",
              id,
              value);
      case 7 -> database.run("UPDATE item SET a = ?2 WHERE id >= ?1", id, value);
      default -> {
        if (Schema.has(schema, Schema.COLUMN)) {
          database.run("UPDATE item SET b = ?2 WHERE id = ?1", id, value);
        }
      }
    }
  }

  private void tag() {
    if (!Schema.has(schema, Schema.TAG)) {
      return;
    }
    int k = rng.below(3);
    String l = "l" + rng.below(2);
    database.run(
        rng.percent(60)
            ? "INSERT OR IGNORE INTO tag VALUES(?1, ?2)"
            : "DELETE FROM tag WHERE k = ?1 AND l = ?2",
        k,
        l);
  }

  private String padding() {
    return longest == 0 || rng.percent(30) ? "" : " ".repeat(rng.below(longest));
  }
}
