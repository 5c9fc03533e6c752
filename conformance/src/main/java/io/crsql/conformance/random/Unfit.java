package io.crsql.conformance.random;

/** What SQLite stores of a value that a STRICT table refuses. */
enum Unfit {
  VALUE
}
