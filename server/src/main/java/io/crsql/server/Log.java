package io.crsql.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** What the server tells its operator: one line for each event. Thread-safe. */
final class Log {
  private final Consumer<String> out;

  Log(Consumer<String> out) {
    this.out = out;
  }

  void event(String what) {
    out.accept(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + plain(what));
  }

  /** A text from elsewhere cannot end the line, nor do anything to a terminal. */
  static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
