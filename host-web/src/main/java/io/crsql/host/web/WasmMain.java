package io.crsql.host.web;

import org.teavm.interop.Export;

/** The exports of the WebAssembly build: plain numbers, which SQLite passes without JavaScript. */
public final class WasmMain {
  private WasmMain() {}

  /** Nothing to do: JavaScript calls what is exported. */
  public static void main(String[] args) {}

  @Export(name = "install")
  public static int install(int db, int messageOut) {
    return Callbacks.install(db, messageOut);
  }

  @Export(name = "setCallback")
  public static void setCallback(int number, int pointer) {
    Callback.set(number, pointer);
  }

  @Export(name = "function")
  public static void function(int context, int argc, int argv) {
    Callbacks.function(context, argc, argv);
  }

  @Export(name = "release")
  public static void release(int handle) {
    Callbacks.release(handle);
  }

  @Export(name = "connect")
  public static int connect(int db, int user, int argc, int argv, int vtabOut, int messageOut) {
    return Callbacks.connect(db, user, argc, argv, vtabOut, messageOut);
  }

  @Export(name = "bestIndex")
  public static int bestIndex(int vtab, int info) {
    return Callbacks.bestIndex(vtab, info);
  }

  @Export(name = "disconnect")
  public static int disconnect(int vtab) {
    return Callbacks.disconnect(vtab);
  }

  @Export(name = "open")
  public static int open(int vtab, int cursorOut) {
    return Callbacks.open(vtab, cursorOut);
  }

  @Export(name = "close")
  public static int close(int cursor) {
    return Callbacks.close(cursor);
  }

  @Export(name = "filter")
  public static int filter(int cursor, int plan, int text, int argc, int argv) {
    return Callbacks.filter(cursor, plan, text, argc, argv);
  }

  @Export(name = "next")
  public static int next(int cursor) {
    return Callbacks.next(cursor);
  }

  @Export(name = "eof")
  public static int eof(int cursor) {
    return Callbacks.eof(cursor);
  }

  @Export(name = "column")
  public static int column(int cursor, int context, int column) {
    return Callbacks.column(cursor, context, column);
  }

  @Export(name = "rowid")
  public static int rowid(int cursor, int rowidOut) {
    return Callbacks.rowid(cursor, rowidOut);
  }

  @Export(name = "update")
  public static int update(int vtab, int argc, int argv, int rowidOut) {
    return Callbacks.update(vtab, argc, argv, rowidOut);
  }

  @Export(name = "begin")
  public static int begin(int vtab) {
    return Callbacks.begin(vtab);
  }

  @Export(name = "sync")
  public static int sync(int vtab) {
    return Callbacks.sync(vtab);
  }

  @Export(name = "commit")
  public static int commit(int vtab) {
    return Callbacks.commit(vtab);
  }

  @Export(name = "rollback")
  public static int rollback(int vtab) {
    return Callbacks.rollback(vtab);
  }

  @Export(name = "savepoint")
  public static int savepoint(int vtab, int id) {
    return Callbacks.savepoint(vtab, id);
  }

  @Export(name = "rollbackTo")
  public static int rollbackTo(int vtab, int id) {
    return Callbacks.rollbackTo(vtab, id);
  }

  @Export(name = "sessionOpen")
  public static int sessionOpen(int db, int connecting, int access, int token, int agent) {
    return Sessions.open(db, connecting, access, token, agent);
  }

  @Export(name = "sessionReceive")
  public static void sessionReceive(int session, int bytes, int length) {
    Sessions.receive(session, bytes, length);
  }

  @Export(name = "sessionCommit")
  public static int sessionCommit(int db) {
    return Sessions.commit(db);
  }

  @Export(name = "sessionChanged")
  public static void sessionChanged(int session) {
    Sessions.changed(session);
  }

  @Export(name = "sessionPump")
  public static void sessionPump(int session) {
    Sessions.pump(session);
  }

  @Export(name = "sessionHeartbeat")
  public static void sessionHeartbeat(int session) {
    Sessions.heartbeat(session);
  }

  @Export(name = "sessionPoll")
  public static int sessionPoll(int session, int lengthOut) {
    return Sessions.poll(session, lengthOut);
  }

  @Export(name = "sessionState")
  public static int sessionState(int session) {
    return Sessions.state(session);
  }

  @Export(name = "sessionClosing")
  public static int sessionClosing(int session) {
    return Sessions.closing(session);
  }

  @Export(name = "sessionSent")
  public static int sessionSent(int session) {
    return Sessions.sent(session);
  }

  @Export(name = "sessionReceived")
  public static int sessionReceived(int session) {
    return Sessions.received(session);
  }

  @Export(name = "sessionClose")
  public static void sessionClose(int session) {
    Sessions.close(session);
  }

  @Export(name = "sessionRelease")
  public static void sessionRelease(int session) {
    Sessions.release(session);
  }

  @Export(name = "storeClose")
  public static void storeClose(int db) {
    Stores.close(db);
  }
}
