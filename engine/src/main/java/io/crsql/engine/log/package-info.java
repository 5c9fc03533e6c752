/** A table's append-only capture log and the row index that is folded from it. */
package io.crsql.engine.log;
