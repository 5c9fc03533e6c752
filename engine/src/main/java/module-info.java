/**
 * The engine: plain Java, no dependencies, no threads, no I/O; it knows SQLite through {@link
 * io.crsql.sqlite} only.
 */
module io.crsql.engine {
  exports io.crsql.sqlite;
  exports io.crsql.engine;
}
