package io.crsql.jdbc;

import java.util.Arrays;

/**
 * Changes of a database in binary, for {@link Replica#apply(Changeset)}: one of those that {@link
 * Replica#changesets} gives. The bytes are specified in docs/changeset-format.md.
 *
 * @param bytes the changeset. They are not copied, since there may be megabytes: nobody may change
 *     them
 * @param last whether it ends its stream; the bytes say so too
 */
public record Changeset(byte[] bytes, boolean last) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Changeset changeset
        && last == changeset.last
        && Arrays.equals(bytes, changeset.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** How many bytes it has, and whether it is the last. */
  @Override
  public String toString() {
    return "Changeset[" + bytes.length + " bytes" + (last ? ", last]" : "]");
  }
}
