package io.crsql.host.nativ;

import io.crsql.conformance.Blob;
import java.util.ArrayList;
import java.util.List;

/** Reads the events of a row index by docs/storage.md, independently of the engine. */
final class Events {
  private Events() {}

  static List<Long> of(Object stored) {
    List<Long> ats = new ArrayList<>();
    if (stored instanceof Long at) {
      ats.add(at);
    } else if (stored instanceof Blob blob) {
      long at = 0;
      long bits = 0;
      int shift = 0;
      for (byte b : blob.bytes()) {
        bits |= (b & 0x7fL) << shift;
        shift += 7;
        if (b >= 0) {
          at += bits >>> 1 ^ -(bits & 1);
          ats.add(at);
          bits = 0;
          shift = 0;
        }
      }
    }
    return ats;
  }
}
