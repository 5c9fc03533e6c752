package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.Host;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The replicas of one run, and what is under way between them. */
final class World implements AutoCloseable {
  /** How many messages are remembered, to be delivered again. */
  private static final int REMEMBERED = 200;

  private final Sequence sequence;
  private final Storage storage;
  private final Statistics statistics;
  private final Map<Integer, Peer> peers = new TreeMap<>();
  private final Map<String, Shape> newest = new HashMap<>();
  private final List<Message> sent = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Blob> vectors = new ArrayList<>();

  World(Host host, Storage storage, Sequence sequence, Statistics statistics) {
    this.sequence = sequence;
    this.storage = storage;
    this.statistics = statistics;
    sequence.tablesUsed().forEach(this::alter);
    List<Integer> numbers = sequence.peers();
    List<Connections> databases = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      databases.add(sequence.onFile() ? Connections.onFile(host) : Connections.inMemory(host));
    }
    // Site ids are random; which of two writes wins a tie must not be.
    databases.sort(Comparator.comparing(Connections::site));
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      peers.put(
          number,
          new Peer(number, databases.get(i), sequence.tablesUsed(), newest, storage, statistics));
    }
  }

  /** Runs the sequence and checks its end. */
  void run() {
    for (Shape table : sequence.tablesUsed()) {
      peers.values().forEach(peer -> peer.run(new SqlText().add(table.ddl())));
    }
    for (Op op : sequence.ops()) {
      if (op instanceof Prefill prefill) {
        prefill.fill(this);
      }
    }
    for (Shape table : sequence.tablesUsed()) {
      for (String trigger : table.triggerDdl()) {
        peers.values().forEach(peer -> peer.run(new SqlText().add(trigger)));
      }
    }
    for (Shape table : sequence.tablesUsed()) {
      peers.values().forEach(peer -> Prefill.makeCrr(peer, table));
    }
    for (Op op : sequence.ops()) {
      if (op.width() == 0 || fits(op)) {
        op.run(this);
      }
    }
    if (!peers.isEmpty()) {
      sequence.ending().run(this);
    }
  }

  Peer peer(int number) {
    return peers.get(number);
  }

  Map<Integer, Peer> peers() {
    return peers;
  }

  private boolean fits(Op op) {
    return op.width() <= table(op.peers().get(0), op.table()).columns().size();
  }

  /** A table as a replica has it. */
  Shape table(int peer, int number) {
    return peer(peer).table(sequence.tables().get(number).name());
  }

  /** A table as it is before it gets further columns. */
  Shape table(int number) {
    return sequence.tables().get(number);
  }

  /** The tables with all columns that any replica has. */
  Map<String, Shape> newest() {
    return newest;
  }

  /** A replica's table has got a column. */
  void alter(Shape altered) {
    newest.put(altered.name(), altered);
  }

  /** Whether any replica is in a transaction. */
  boolean anyInTransaction() {
    return peers.values().stream().anyMatch(Peer::inTransaction);
  }

  Statistics statistics() {
    return statistics;
  }

  /** The values of a row or of some of its columns, as stored. */
  List<Object> stored(Shape table, List<Integer> columns, List<Object> values) {
    List<Object> stored = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String type = table.columns().get(columns.get(i)).type();
      stored.add(storage.stored(type, table.strict(), values.get(i)));
    }
    return stored;
  }

  /** Remembers messages that have been sent. */
  void remember(List<Message> messages) {
    sent.addAll(messages);
    if (sent.size() > REMEMBERED) {
      sent.subList(0, sent.size() - REMEMBERED).clear();
    }
  }

  /** Messages sent before, some of them long overtaken. */
  List<Message> sent() {
    return sent;
  }

  /** Remembers changesets that have been made. */
  void rememberChunks(List<Chunk> made) {
    chunks.addAll(made);
    if (chunks.size() > REMEMBERED) {
      chunks.subList(0, chunks.size() - REMEMBERED).clear();
    }
  }

  /** Changesets made before. */
  List<Chunk> chunks() {
    return chunks;
  }

  /** Remembers a version vector, which its replica may take back. */
  void rememberVector(Blob vector) {
    vectors.add(vector);
  }

  /** Vectors that replicas have had. */
  List<Blob> vectors() {
    return vectors;
  }

  @Override
  public void close() {
    peers.values().forEach(Peer::close);
  }
}
