/**
 * The engine's port on HotSpot: JNA's direct mapping of the system's libsqlite3.
 *
 * <p>It exists for tests: a debugger, coverage, property tests and a differential check of the
 * compiled engine. So it is stricter than the port asks for where that finds mistakes (an expired
 * flyweight, a column read off a row), and it keeps the stack trace of an internal error.
 */
package io.crsql.jvm;
