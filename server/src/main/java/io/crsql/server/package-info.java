/** The hub: one process that many databases sync with over WebSocket. */
package io.crsql.server;
