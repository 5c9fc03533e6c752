/**
 * The port: everything the engine knows about SQLite, as a handful of interfaces that each host
 * implements.
 *
 * <p>Only objects cross it; no pointer ever does. An object received as an argument of a callback
 * ({@link Values}, {@link Result}, {@link IndexInfo}) is a flyweight that is valid during that call
 * only. Nothing here is safe for use by more than one thread at a time: SQLite serialises the calls
 * of one connection, and a host serialises what it must beyond that.
 */
package io.crsql.sqlite;
