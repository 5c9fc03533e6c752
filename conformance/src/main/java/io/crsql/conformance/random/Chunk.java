package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.changeset.Head;
import io.crsql.conformance.changeset.Vector;
import java.util.List;

/**
 * A changeset on its way.
 *
 * @param changeset the blob
 * @param head what it says of itself
 * @param held all that the sender held up to its end: who has applied it must hold all of it
 */
record Chunk(Blob changeset, Head head, List<Message> held) {
  /**
   * What a database with that vector must say to it, but for the beginning and the end; null if it
   * must take it.
   */
  String refusal(Vector vector, String own) {
    for (Head.Site site : head.sites()) {
      String gap = "was written by site X'" + site.site() + "' up to " + site.from() + ",";
      if (site.site().equals(own) && site.to() > vector.version(own)) {
        return restored(own, site.to());
      } else if (site.from() > vector.version(site.site())) {
        return "missing changes: the changeset builds on what " + gap;
      }
    }
    if (head.sender().equals(own) && head.until() > vector.version(own)) {
      return restored(own, head.until());
    } else if (head.after() > vector.arrival(head.sender())) {
      String gap = "had arrived at site X'" + head.sender() + "' up to " + head.after() + ",";
      return "missing changes: the changeset builds on what " + gap;
    }
    return null;
  }

  /** What a database says to whoever knows of later writes of its own. */
  static String restored(String own, long version) {
    return "others hold what this database, X'" + own + "', had at its version " + version + ",";
  }
}
