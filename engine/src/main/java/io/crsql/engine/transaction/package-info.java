/** What happens between the first write of a transaction and its end. */
package io.crsql.engine.transaction;
