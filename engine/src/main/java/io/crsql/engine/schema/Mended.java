package io.crsql.engine.schema;

import java.util.List;

/**
 * A CRR that has been made or mended, and what may have passed its log by.
 *
 * @param crr the CRR as it is now
 * @param changed whether anything had to be done
 * @param rows whether rows may have
 * @param slots the slots of new columns that may hold more than their defaults
 * @param dropped whether columns have gone
 */
public record Mended(
    Crr crr, boolean changed, boolean rows, List<Integer> slots, boolean dropped) {}
