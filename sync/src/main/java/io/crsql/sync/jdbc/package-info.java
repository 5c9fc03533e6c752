/** Sync sessions on databases that are reached through JDBC. */
package io.crsql.sync.jdbc;
