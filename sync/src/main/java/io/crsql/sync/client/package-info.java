/**
 * Keeping a database in sync with a hub, from a program: {@link io.crsql.sync.client.SyncClient}.
 */
package io.crsql.sync.client;
