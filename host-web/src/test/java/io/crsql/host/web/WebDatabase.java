package io.crsql.host.web;

import io.crsql.conformance.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A connection in the guest. */
final class WebDatabase implements Database {
  private final Exchange exchange;
  private final int db;

  WebDatabase(Exchange exchange, String path, boolean crsql) {
    this.exchange = exchange;
    this.db = exchange.ask(new Request(Request.OPEN).text(path).octet(crsql ? 1 : 0)).integer();
  }

  @Override
  public void run(String sql, Object... params) {
    query(sql, params);
  }

  @Override
  public List<List<Object>> query(String sql, Object... params) {
    Answer answer = exchange.ask(statement(Request.RUN, sql, params));
    List<List<Object>> rows = new ArrayList<>();
    while (answer.hasMore()) {
      rows.add(answer.row());
    }
    return rows;
  }

  private Request statement(int operation, String sql, Object... params) {
    return new Request(operation).integer(db).text(sql).values(params);
  }

  @Override
  public void each(String sql, Consumer<List<Object>> rows, Object... params) {
    int stmt = exchange.ask(statement(Request.PREPARE, sql, params)).integer();
    try {
      Answer answer = exchange.ask(new Request(Request.STEP).integer(stmt));
      while (answer.hasMore()) {
        rows.accept(answer.row());
        answer = exchange.ask(new Request(Request.STEP).integer(stmt));
      }
    } finally {
      exchange.ask(new Request(Request.FINISH).integer(stmt));
    }
  }

  @Override
  public void close() {
    exchange.ask(new Request(Request.CLOSE).integer(db));
  }
}
