package io.crsql.sync;

/**
 * The first frame of each side.
 *
 * @param lowest the lowest version of the protocol that the side speaks
 * @param highest the highest
 * @param site its database's site
 * @param schema its database's {@link Store#schema}
 * @param maxFrame the largest frame that it takes
 * @param window how many unacknowledged bytes of changesets it takes
 * @param access of the connecting side, what it wants to do; of the accepting one, what the
 *     connecting side may do
 * @param token what the connecting side shows; empty from the accepting one
 * @param agent the program's name
 */
record Hello(
    int lowest,
    int highest,
    byte[] site,
    byte[] schema,
    int maxFrame,
    int window,
    Access access,
    String token,
    String agent) {
  /** The one version of the protocol that there is. */
  static final int VERSION = 1;

  /** The largest frame before the peer is known. */
  static final int MAX_BYTES = 2048;

  static final int ID_BYTES = 16;
  static final int MAX_AGENT_BYTES = 64;
  private static final byte[] MAGIC = {'C', 'R', 'S', 'S'};
  private static final int MAX_VERSION = 1_000_000;

  void write(FrameWriter out) {
    out.raw(MAGIC).varint(lowest).varint(highest).raw(site).raw(schema);
    out.varint(maxFrame).varint(window).octet(access.bits()).text(token).text(agent);
  }

  /**
   * Reads one. A later version may add fields behind those that are known here, so what follows
   * counts only if it is of this version.
   */
  static Hello read(FrameBody in) {
    for (byte b : MAGIC) {
      if (in.octet() != b) {
        throw new ProtocolException("this is not crsql's protocol");
      }
    }
    int lowest = in.upTo(MAX_VERSION, "the lowest version");
    int highest = in.upTo(MAX_VERSION, "the highest version");
    if (lowest > VERSION || highest < VERSION) {
      throw new ProtocolException(
          CloseCode.VERSION,
          "one side speaks versions "
              + lowest
              + " to "
              + highest
              + " of the protocol, the other version "
              + VERSION
              + "; update the older one");
    }
    Hello hello =
        new Hello(
            lowest,
            highest,
            in.raw(ID_BYTES),
            in.raw(ID_BYTES),
            in.upTo(Integer.MAX_VALUE, "the largest frame"),
            in.upTo(Integer.MAX_VALUE, "the window"),
            Access.ofBits(in.octet()),
            in.text(SyncSession.MAX_TOKEN_BYTES, "the token"),
            in.text(MAX_AGENT_BYTES, "the agent"));
    if (hello.maxFrame < SessionOptions.LEAST_FRAME || hello.window < 1) {
      throw new ProtocolException(
          "the peer takes frames of " + hello.maxFrame + " bytes and a window of " + hello.window);
    }
    if (highest == VERSION) {
      in.done();
    }
    return hello;
  }
}
