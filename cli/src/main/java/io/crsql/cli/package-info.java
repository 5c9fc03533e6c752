/** The {@code crsql} command. */
package io.crsql.cli;
