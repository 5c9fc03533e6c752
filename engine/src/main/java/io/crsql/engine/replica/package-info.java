/** One database of a connection with the parts that replicate its tables. */
package io.crsql.engine.replica;
