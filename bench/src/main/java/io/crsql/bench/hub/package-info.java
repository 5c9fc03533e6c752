/** Measures the hub under load: a real server process, and its clients in this one. */
package io.crsql.bench.hub;
