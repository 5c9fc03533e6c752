package io.crsql.host.nativ;

import io.crsql.conformance.Database;
import io.crsql.conformance.Host;

/** Runs the conformance tests on the compiled extension, loaded into sqlite-jdbc's SQLite. */
public final class JdbcHost implements Host {
  @Override
  public String name() {
    return "native";
  }

  @Override
  public Database open(String path) {
    Database db = openPlain(path);
    db.query("SELECT load_extension(?1)", Libraries.product().toString());
    return db;
  }

  @Override
  public Database openPlain(String path) {
    return new JdbcDatabase(path);
  }
}
