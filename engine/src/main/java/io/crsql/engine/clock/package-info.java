/** The Lamport clock and the sites whose writes it orders. */
package io.crsql.engine.clock;
