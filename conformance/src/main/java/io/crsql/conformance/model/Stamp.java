package io.crsql.conformance.model;

/**
 * When and where something was written: the larger wins.
 *
 * @param version the writer's clock
 * @param site the writer, in upper-case hexadecimal, whose order as text is that of the bytes
 */
public record Stamp(long version, String site) implements Comparable<Stamp> {
  @Override
  public int compareTo(Stamp other) {
    return version != other.version
        ? Long.compare(version, other.version)
        : site.compareTo(other.site);
  }
}
