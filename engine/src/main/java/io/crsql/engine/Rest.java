package io.crsql.engine;

import io.crsql.sqlite.Values;

/** The arguments of a function behind the first, to be read by the getters only. */
final class Rest implements Values {
  private final Values all;

  Rest(Values all) {
    this.all = all;
  }

  @Override
  public int count() {
    return all.count() - 1;
  }

  @Override
  public int type(int i) {
    return all.type(i + 1);
  }

  @Override
  public long getLong(int i) {
    return all.getLong(i + 1);
  }

  @Override
  public double getDouble(int i) {
    return all.getDouble(i + 1);
  }

  @Override
  public String getText(int i) {
    return all.getText(i + 1);
  }

  @Override
  public byte[] getBytes(int i) {
    return all.getBytes(i + 1);
  }
}
