/** crsql for programs that reach SQLite through JDBC. */
package io.crsql.jdbc;
