package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.util.ArrayList;
import java.util.List;

/** What stands before a changeset's shapes and rows. */
public final class Head {
  /**
   * A site of the list.
   *
   * @param site in upper-case hexadecimal
   * @param from the version that the receiver must have
   * @param to the version that it has then
   */
  public record Site(String site, long from, long to) {}

  private final int flags;
  private final String sender;
  private final long after;
  private final long until;
  private final List<Site> sites = new ArrayList<>();

  /** Reads it. */
  public Head(Blob changeset) {
    Reading in = new Reading(changeset, "CRSQ");
    flags = in.octet();
    sender = in.site();
    after = in.varint();
    until = in.varint();
    for (long left = in.varint(); left > 0; left--) {
      String site = in.site();
      long from = in.varint();
      sites.add(new Site(site, from, in.varint()));
    }
  }

  /** Whether it is the last chunk. */
  public boolean isLast() {
    return (flags & 1) != 0;
  }

  /** The site that made it, in upper-case hexadecimal. */
  public String sender() {
    return sender;
  }

  /** The arrival that the receiver must have. */
  public long after() {
    return after;
  }

  /** The arrival that it has then. */
  public long until() {
    return until;
  }

  /** The sites. */
  public List<Site> sites() {
    return sites;
  }
}
