/** SQLite values as Java objects and as the literals in which crsql_changes shows them. */
package io.crsql.engine.value;
