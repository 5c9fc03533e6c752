package io.crsql.jvm;

import io.crsql.conformance.Database;
import io.crsql.conformance.Host;

/** Runs the conformance tests on HotSpot. */
public final class JvmHost implements Host {
  @Override
  public String name() {
    return "jvm";
  }

  @Override
  public Database open(String path) {
    return JvmDatabase.open(path);
  }

  @Override
  public Database openPlain(String path) {
    return JvmDatabase.openPlain(path);
  }
}
