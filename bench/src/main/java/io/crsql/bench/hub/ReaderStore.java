package io.crsql.bench.hub;

import io.crsql.sync.Store;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A store that keeps nothing: it takes changesets and looks at them. A thousand real databases on
 * the machine that is measured would be measured themselves.
 */
final class ReaderStore implements Store {
  private final byte[] site = new byte[16];
  private final Consumer<byte[]> changesets;

  ReaderStore(Consumer<byte[]> changesets) {
    this.changesets = changesets;
    ThreadLocalRandom.current().nextBytes(site);
  }

  @Override
  public byte[] site() {
    return site.clone();
  }

  @Override
  public byte[] schema() {
    return new byte[16];
  }

  @Override
  public long schemaVersion() {
    return 0;
  }

  @Override
  public byte[] vector() {
    return new byte[0];
  }

  @Override
  public long clock() {
    return 0;
  }

  @Override
  public List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks) {
    throw new UnsupportedOperationException("a reader sends nothing");
  }

  @Override
  public byte[] after(byte[] vector, byte[] changeset) {
    throw new UnsupportedOperationException("a reader sends nothing");
  }

  @Override
  public byte[] ofSender(byte[] vector, byte[] changeset) {
    throw new UnsupportedOperationException("a reader sends nothing");
  }

  @Override
  public long apply(byte[] changeset) {
    changesets.accept(changeset);
    return 0;
  }
}
