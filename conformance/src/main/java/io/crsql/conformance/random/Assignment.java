package io.crsql.conformance.random;

/**
 * What a SET clause does to one column.
 *
 * @param column the column's index in its table
 * @param value the value before it is stored
 */
record Assignment(int column, Object value) {}
