/** Seeing inside: what a database holds, whether it is in order, and how it came to hold it. */
package io.crsql.engine.inspect;
