package io.crsql.conformance.random;

import io.crsql.conformance.model.Change;
import java.util.List;

/**
 * A change on its way.
 *
 * @param columns the six columns of crsql_changes, with the sender's site in place of NULL
 * @param change what they mean
 * @param at the sender's db_version
 */
record Message(List<Object> columns, Change change, long at) {}
