package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Builds a version vector. */
public final class VectorBuilder {
  private record Held(long version, long arrival) {}

  /** By site in upper-case hexadecimal, whose order is that of the bytes. */
  private final Map<String, Held> sites = new TreeMap<>();

  /** Nothing. */
  public VectorBuilder() {}

  /** What is held of a site. */
  public VectorBuilder site(Blob site, long version, long arrival) {
    sites.put(site.hex(), new Held(version, arrival));
    return this;
  }

  /** Its fields. */
  public Fields fields() {
    Fields fields = new Fields();
    fields.add("magic", "CRSV".getBytes(StandardCharsets.US_ASCII));
    fields.add("format", new byte[] {1});
    fields.add("sites", Encoding.varint(sites.size()));
    int i = 0;
    for (Map.Entry<String, Held> site : sites.entrySet()) {
      fields.add("site " + i, new Blob(site.getKey()).bytes());
      fields.add("version " + i, Encoding.varint(site.getValue().version));
      fields.add("arrival " + i, Encoding.varint(site.getValue().arrival));
      i++;
    }
    return fields;
  }

  /** The vector. */
  public Blob blob() {
    return fields().blob();
  }
}
