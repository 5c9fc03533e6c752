/** Merging a change: last-writer-wins cells in causal-length rows. */
package io.crsql.engine.merge;
