/**
 * {@code ./crsql bench}: compiles and runs the driver in {@code src/main/c}, which measures, and
 * makes of its lines a page, plots and a verdict.
 */
package io.crsql.bench;
