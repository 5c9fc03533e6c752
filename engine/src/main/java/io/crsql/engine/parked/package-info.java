/** Changes of tables and columns that the database does not have yet. */
package io.crsql.engine.parked;
