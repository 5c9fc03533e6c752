package io.crsql.conformance.model;

import java.util.List;

/**
 * The last write of a cell, or of a row's deletion or existence.
 *
 * @param stamp when and where it was written
 * @param value the value; null for a deletion or an existence
 * @param key the row's key as the writer had it
 */
record Cell(Stamp stamp, Object value, List<Object> key) {}
