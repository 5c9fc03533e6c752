package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a replica what it lacks of another one as changesets.
 *
 * @param from the sender
 * @param to the receiver
 * @param since the version vector that the sender is shown
 * @param pick draws the vector and the order of the chunks
 * @param mostBytes the size at which a chunk is ended
 * @param share how many of a hundred chunks arrive, the first ones: then the stream is interrupted
 * @param disorder whether chunks come twice and in another order, so that some must be refused
 * @param delivery how
 */
record Sync(
    int from,
    int to,
    Since since,
    long pick,
    long mostBytes,
    int share,
    boolean disorder,
    Delivery delivery)
    implements Op {
  /** Which version vector a sender is shown. */
  enum Since {
    /** The receiver's. */
    PRESENT,
    /** One that any replica has had at any time: there may be a gap to the receiver's. */
    ANY,
    /** None. */
    NONE
  }

  /** All that a replica lacks of another one, in order. */
  static Sync complete(int from, int to, long mostBytes) {
    return new Sync(from, to, Since.PRESENT, 0, mostBytes, 100, false, Delivery.ONE_BY_ONE);
  }

  @Override
  public List<Integer> peers() {
    return List.of(from, to);
  }

  @Override
  public void run(World world) {
    Peer sender = world.peer(from);
    Peer receiver = world.peer(to);
    if (sender.inTransaction()) {
      return;
    }
    Rng rng = new Rng(pick);
    Blob vector = receiver.vector();
    world.rememberVector(vector);
    if (since == Since.ANY) {
      vector = rng.of(world.vectors());
    }
    List<Chunk> stream = sender.changesets(since == Since.NONE ? null : vector, mostBytes);
    if (stream.isEmpty()) {
      return;
    }
    world.rememberChunks(stream);
    int arriving = (stream.size() * share + 99) / 100;
    List<Chunk> chunks = new ArrayList<>(stream.subList(0, arriving));
    if (disorder) {
      chunks.addAll(rng.some(chunks));
      chunks = rng.shuffled(chunks);
    }
    world.statistics().count(arriving < stream.size() ? "interrupted streams" : "streams");
    List<Chunk> given = chunks;
    delivery.around(receiver, () -> given.forEach(receiver::apply));
  }

  @Override
  public List<Op> simpler() {
    return List.of(
        new Sync(from, to, since, pick, mostBytes, 100, false, Delivery.ONE_BY_ONE),
        new Sync(from, to, Since.PRESENT, pick, mostBytes, share, disorder, delivery),
        new Sync(from, to, since, pick, 1_000_000, share, disorder, delivery),
        new Sync(from, to, since, pick, mostBytes, share, false, delivery),
        new Sync(from, to, since, pick, mostBytes, share, disorder, Delivery.ONE_BY_ONE));
  }

  @Override
  public String toString() {
    String vector =
        since == Since.PRESENT ? "its vector" : since == Since.ANY ? "a vector" : "none";
    return to
        + ": applies "
        + share
        + "% of the changesets of "
        + from
        + " since "
        + vector
        + (disorder ? ", in disorder" : "")
        + ", cut at "
        + mostBytes
        + " bytes (pick "
        + pick
        + ") "
        + delivery;
  }
}
