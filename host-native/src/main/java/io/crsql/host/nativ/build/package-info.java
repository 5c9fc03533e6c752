/**
 * The build of the native library: runs on the JDK during the Maven build and is in neither library
 * nor jar.
 */
package io.crsql.host.nativ.build;
