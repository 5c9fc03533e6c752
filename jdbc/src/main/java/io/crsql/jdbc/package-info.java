/**
 * crsql for programs that reach SQLite through JDBC.
 *
 * <p>{@link io.crsql.jdbc.CrsqlDriver} serves {@code jdbc:crsql:app.db}, {@link
 * io.crsql.jdbc.CrsqlDataSource} does for pools and frameworks, and {@link io.crsql.jdbc.Crsql}
 * opens a file or adds the extension to a connection that is there. {@link io.crsql.jdbc.Replica}
 * has crsql's functions with Java's types, and {@link io.crsql.jdbc.ChangeFeed} tells which rows
 * have changed.
 */
package io.crsql.jdbc;
