package io.crsql.jdbc;

/**
 * What a version vector says of a site.
 *
 * @param version every write of the site up to this version is held, or what has superseded it
 * @param arrival all is held, in the same sense, that the site itself held when its clock was this
 */
public record Held(long version, long arrival) {}
