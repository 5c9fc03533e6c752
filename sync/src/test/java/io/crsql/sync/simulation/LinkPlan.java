package io.crsql.sync.simulation;

import io.crsql.sync.Access;
import java.util.List;

/**
 * A pair of peers that talk, and the transport between them.
 *
 * @param id its number
 * @param from the peer that connects
 * @param to the peer that it connects to
 * @param access what the connecting peer may do
 * @param asked whether that is its own wish, instead of its token's
 * @param latency milliseconds
 * @param jitter milliseconds that may be added to each packet
 * @param bandwidth bytes a millisecond; 0 for no bound
 * @param packets how bytes are cut into packets
 * @param room how many bytes the transport buffers before it takes no more
 * @param cuts how many of a hundred connections are cut, at any byte
 * @param faults what is broken
 */
record LinkPlan(
    int id,
    int from,
    int to,
    Access access,
    boolean asked,
    int latency,
    int jitter,
    int bandwidth,
    Packets packets,
    int room,
    int cuts,
    Faults faults) {
  /** How bytes are cut. */
  enum Packets {
    FRAMES,
    PIECES,
    CRUMBS
  }

  /**
   * A transport that is none, in thousandths of what it carries.
   *
   * @param lose what never comes
   * @param repeat what comes twice
   * @param swap what comes behind what was sent after it
   * @param flip what comes with a bit changed
   * @param frames whether that happens to whole frames, instead of to packets
   */
  record Faults(int lose, int repeat, int swap, int flip, boolean frames) {
    static final Faults NONE = new Faults(0, 0, 0, 0, false);

    /** Whether frames come that nobody has sent, which a session cannot always know. */
    boolean corrupts() {
      return flip > 0 || (any() && !frames);
    }

    boolean any() {
      return lose + repeat + swap + flip > 0;
    }
  }

  boolean touches(int node) {
    return from == node || to == node;
  }

  LinkPlan with(Faults other) {
    return new LinkPlan(
        id, from, to, access, asked, latency, jitter, bandwidth, packets, room, cuts, other);
  }

  /** The same with one thing less to think of. */
  List<LinkPlan> simpler() {
    int much = Integer.MAX_VALUE;
    return List.of(
        new LinkPlan(
            id, from, to, Access.FULL, false, 1, 0, 0, Packets.FRAMES, much, 0, Faults.NONE),
        with(Faults.NONE),
        with(new Faults(faults.lose, 0, 0, 0, faults.frames)),
        with(new Faults(0, faults.repeat, 0, 0, faults.frames)),
        with(new Faults(0, 0, faults.swap, 0, faults.frames)),
        with(new Faults(faults.lose, faults.repeat, faults.swap, faults.flip, true)),
        new LinkPlan(
            id,
            from,
            to,
            Access.FULL,
            false,
            latency,
            jitter,
            bandwidth,
            packets,
            room,
            cuts,
            faults),
        new LinkPlan(id, from, to, access, asked, latency, 0, 0, packets, much, cuts, faults),
        new LinkPlan(
            id,
            from,
            to,
            access,
            asked,
            latency,
            jitter,
            bandwidth,
            Packets.FRAMES,
            room,
            cuts,
            faults),
        new LinkPlan(
            id, from, to, access, asked, latency, jitter, bandwidth, packets, room, 0, faults));
  }
}
