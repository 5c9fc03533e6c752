package io.crsql.conformance;

/**
 * A way to run SQL with crsql loaded; found by {@link java.util.ServiceLoader}, exactly one per
 * test run.
 */
public interface Host {
  /** A short name for messages. */
  String name();

  /** Opens a database with the extension loaded; {@code path} is a file or {@code :memory:}. */
  Database open(String path);

  /** Opens a database with the same SQLite, but without the extension. */
  Database openPlain(String path);
}
