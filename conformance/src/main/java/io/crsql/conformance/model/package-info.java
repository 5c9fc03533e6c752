/**
 * What replicas are meant to hold, computed without a log, a fold or SQL: the reference that the
 * engine is compared with.
 *
 * <p>It is written from the rules alone and knows nothing of how the engine keeps them.
 */
package io.crsql.conformance.model;
