/**
 * The sync protocol of docs/sync-protocol.md as a state machine: bytes in, bytes out. It knows no
 * sockets, threads, clocks or JDBC, so that it can be tested by simulation and run in browsers.
 */
package io.crsql.sync;
