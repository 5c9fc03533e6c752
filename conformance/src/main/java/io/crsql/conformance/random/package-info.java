/**
 * Random use of several replicas, as data: drawn from a seed, run against a host and the reference
 * model side by side, and made shorter when the two disagree.
 */
package io.crsql.conformance.random;
