package io.crsql.server;

import io.crsql.sync.CloseCode;
import io.crsql.sync.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Session;

/**
 * A database and its connections. What is to be done waits in a queue and is done by one thread at
 * a time; messages that wait are worked off in one transaction. The file is opened when somebody
 * has been let in, and closed when nobody has been there for a while.
 */
final class HostedDatabase {
  private static final int JOBS_AT_ONCE = 64;
  private static final int BATCH_MESSAGES = 512;
  private static final int BATCH_BYTES = 8 << 20;

  private final String name;
  private final Path file;
  private final Environment environment;
  private final OpenSlots slots;
  private final Queue<Job> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Set<Peer> peers = new LinkedHashSet<>();
  private final Set<Peer> deferred = new LinkedHashSet<>();
  private final Activity activity = new Activity();
  private final FanOut store;
  private WriteBatch batch;
  private OpenDatabase open;
  private boolean mayCreate;
  private boolean quiet;
  private volatile String unwritable;

  private sealed interface Job permits Message, Task {}

  private record Message(Peer peer, byte[] bytes) implements Job {}

  private record Task(Runnable work) implements Job {}

  HostedDatabase(String name, Environment environment, OpenSlots slots) {
    this.name = name;
    this.file = environment.options().folder().resolve(name + ".db");
    this.environment = environment;
    this.slots = slots;
    this.store =
        new FanOut(
            this::database,
            changeset -> batch.apply(changeset),
            environment.limits().chunkBytes(),
            environment.metrics());
  }

  String name() {
    return name;
  }

  Path file() {
    return file;
  }

  /** Why it cannot be written; null if it can, as far as is known. */
  String unwritable() {
    return unwritable;
  }

  Peer connect(Session socket) {
    Peer peer = new Peer(this, environment, store, socket);
    submit(() -> peers.add(peer));
    return peer;
  }

  void message(Peer peer, byte[] bytes) {
    queue.add(new Message(peer, bytes));
    schedule();
  }

  void submit(Runnable work) {
    queue.add(new Task(work));
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      environment.pool().execute(this::turn);
    }
  }

  private void turn() {
    try {
      for (int i = 0; i < JOBS_AT_ONCE && !queue.isEmpty(); i++) {
        if (queue.peek() instanceof Message) {
          messages(waiting());
        } else if (queue.remove() instanceof Task task) {
          guarded(task.work, null);
        }
      }
    } finally {
      scheduled.set(false);
      if (!queue.isEmpty()) {
        schedule();
      }
    }
  }

  /** The messages at the front of the queue, as many as one transaction is to have. */
  private List<Message> waiting() {
    List<Message> messages = new ArrayList<>();
    long bytes = 0;
    while (messages.size() < BATCH_MESSAGES
        && bytes < BATCH_BYTES
        && queue.peek() instanceof Message message) {
      queue.remove();
      messages.add(message);
      bytes += message.bytes.length;
    }
    return messages;
  }

  private void messages(List<Message> messages) {
    boolean news = writtenByOthers();
    quiet = false;
    batch = new WriteBatch(this::database, environment.metrics());
    Set<Peer> heard = new LinkedHashSet<>();
    Set<Peer> wrote = new LinkedHashSet<>();
    for (Message message : messages) {
      long before = batch.changesets();
      if (peers.contains(message.peer)) {
        guarded(() -> message.peer.receive(message.bytes), message.peer);
        heard.add(message.peer);
      }
      if (batch.changesets() > before) {
        wrote.add(message.peer);
      }
    }
    try {
      batch.commit();
      unwritable = wrote.isEmpty() ? unwritable : null;
      news |= batch.rows() > 0;
    } catch (StoreException e) {
      unwritable = e.getMessage();
      wrote.forEach(peer -> guarded(() -> peer.uncommitted(e.getMessage()), peer));
    }
    if (!wrote.isEmpty()) {
      store.invalidate();
      activity.add(batch.rows());
    }
    if (news) {
      peers.forEach(Peer::changed);
    }
    // those first who wait for an acknowledgement
    heard.forEach(peer -> guarded(peer::pump, peer));
    if (news) {
      fanOut();
    }
    for (Message message : messages) {
      guarded(() -> message.peer.worked(message.bytes.length), null);
    }
  }

  private boolean writtenByOthers() {
    boolean written = open != null && open.writtenByOthers();
    if (written) {
      store.release();
    }
    return written;
  }

  private void fanOut() {
    environment
        .metrics()
        .fanOut
        .record(
            () -> {
              for (Peer peer : List.copyOf(peers)) {
                guarded(peer::pump, peer);
              }
            });
  }

  /** Lets a peer wait until less waits in memory. */
  void defer(Peer peer) {
    deferred.add(peer);
  }

  void pumpDeferred() {
    while (!deferred.isEmpty() && !environment.unsent().isTooMuch()) {
      Peer peer = deferred.iterator().next();
      deferred.remove(peer);
      guarded(peer::pump, peer);
    }
  }

  /** What goes wrong for one peer must not stop the others. */
  private void guarded(Runnable work, Peer peer) {
    try {
      work.run();
    } catch (RuntimeException e) {
      environment.log().event(name + ": internal error: " + e);
      if (peer != null) {
        peer.close(CloseCode.UNAVAILABLE, "the server has failed; its log says why");
      }
    }
  }

  /** Time has passed. */
  void tick() {
    if (writtenByOthers()) {
      peers.forEach(Peer::changed);
      fanOut();
    } else if (quiet) {
      // what was kept for all is not kept for ever
      store.release();
    }
    quiet = true;
    pumpDeferred();
    List.copyOf(peers).forEach(peer -> guarded(peer::tick, peer));
  }

  void gone(Peer peer) {
    peers.remove(peer);
    deferred.remove(peer);
    peer.gone();
    pumpDeferred();
  }

  /** Somebody has come who may create the database, unless that is switched off. */
  void allowCreation() {
    mayCreate = environment.options().create();
  }

  /** The database, which is opened if it is not. */
  private OpenDatabase database() {
    if (open == null) {
      if (!mayCreate && !Files.exists(file)) {
        throw StoreException.refusal(
            "there is no database " + name + " here, and this token cannot create it", null);
      }
      slots.take();
      try {
        open = OpenDatabase.open(file, environment.schema());
        environment.log().event(name + ": opened");
      } catch (SQLException e) {
        slots.give();
        throw WriteBatch.unavailable(e);
      }
    }
    return open;
  }

  /** Ends all sessions. */
  void goAway() {
    List.copyOf(peers).forEach(peer -> peer.close(CloseCode.GOING_AWAY, "the server stops"));
  }

  /** Closes the file, until it is needed again. */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    submit(
        () -> {
          closeFile();
          closed.complete(null);
        });
    return closed;
  }

  private void closeFile() {
    if (open == null) {
      return;
    }
    try {
      open.close();
      environment.log().event(name + ": closed");
    } catch (SQLException e) {
      environment.log().event(name + ": cannot be closed: " + e.getMessage());
    }
    open = null;
    slots.give();
    store.release();
  }

  CompletableFuture<View> view() {
    CompletableFuture<View> view = new CompletableFuture<>();
    submit(
        () -> {
          try {
            view.complete(viewNow());
          } catch (RuntimeException e) {
            view.completeExceptionally(e);
          }
        });
    return view;
  }

  private View viewNow() {
    boolean isOpen = open != null;
    long clock = isOpen ? store.clock() : 0;
    String site = isOpen ? HexFormat.of().formatHex(store.site()) : "";
    List<Peer.View> all = peers.stream().map(peer -> peer.view(clock)).toList();
    return new View(name, isOpen, site, clock, unwritable, activity.seconds(), all);
  }

  /** A database as the status page shows it; {@code activity} is rows applied in each second. */
  record View(
      String name,
      boolean isOpen,
      String site,
      long clock,
      String unwritable,
      long[] activity,
      List<Peer.View> peers) {}
}
