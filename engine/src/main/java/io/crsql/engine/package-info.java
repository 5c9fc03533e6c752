/** The CRDT engine. */
package io.crsql.engine;
