/** What every host of the engine must do, as tests that know only SQL. */
package io.crsql.conformance;
