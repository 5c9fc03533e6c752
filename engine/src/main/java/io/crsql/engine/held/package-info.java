/** {@code crsql_held}: the rows that the user's tables refuse for now. */
package io.crsql.engine.held;
