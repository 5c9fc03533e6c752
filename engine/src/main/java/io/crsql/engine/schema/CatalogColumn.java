package io.crsql.engine.schema;

/**
 * A column as the catalogue describes it.
 *
 * @param number its place in the table, from 0
 * @param name its name
 * @param affinity its affinity
 * @param typed whether it holds values of its type only, as those of a STRICT table do, unless ANY
 * @param notNull whether it is declared NOT NULL
 * @param defaultText the SQL text of its default, or null
 * @param keyPlace its place in the primary key from 1, or 0
 */
record CatalogColumn(
    int number,
    String name,
    Affinity affinity,
    boolean typed,
    boolean notNull,
    String defaultText,
    int keyPlace) {
  /**
   * The default as a constant expression, the same on every replica; null if there is none or it
   * must be evaluated.
   */
  String constantDefault() {
    return Constant.of(defaultText);
  }
}
