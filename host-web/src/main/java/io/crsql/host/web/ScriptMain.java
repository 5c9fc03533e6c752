package io.crsql.host.web;

import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The exports of the JavaScript build. */
public final class ScriptMain {
  /** SQLite's routines and memory, by their names in {@link Sqlite} and {@link Heap}. */
  static JSObject imports;

  private ScriptMain() {}

  /** Nothing to do: JavaScript calls what is exported. */
  public static void main(String[] args) {}

  /** To be called first. */
  @JSExport
  public static void link(JSObject routines) {
    imports = routines;
  }

  @JSExport
  public static int install(int db, int messageOut) {
    return Callbacks.install(db, messageOut);
  }

  @JSExport
  public static void setCallback(int number, int pointer) {
    Callback.set(number, pointer);
  }

  @JSExport
  public static void function(int context, int argc, int argv) {
    Callbacks.function(context, argc, argv);
  }

  @JSExport
  public static void release(int handle) {
    Callbacks.release(handle);
  }

  @JSExport
  public static int connect(int db, int user, int argc, int argv, int vtabOut, int messageOut) {
    return Callbacks.connect(db, user, argc, argv, vtabOut, messageOut);
  }

  @JSExport
  public static int bestIndex(int vtab, int info) {
    return Callbacks.bestIndex(vtab, info);
  }

  @JSExport
  public static int disconnect(int vtab) {
    return Callbacks.disconnect(vtab);
  }

  @JSExport
  public static int open(int vtab, int cursorOut) {
    return Callbacks.open(vtab, cursorOut);
  }

  @JSExport
  public static int close(int cursor) {
    return Callbacks.close(cursor);
  }

  @JSExport
  public static int filter(int cursor, int plan, int text, int argc, int argv) {
    return Callbacks.filter(cursor, plan, text, argc, argv);
  }

  @JSExport
  public static int next(int cursor) {
    return Callbacks.next(cursor);
  }

  @JSExport
  public static int eof(int cursor) {
    return Callbacks.eof(cursor);
  }

  @JSExport
  public static int column(int cursor, int context, int column) {
    return Callbacks.column(cursor, context, column);
  }

  @JSExport
  public static int rowid(int cursor, int rowidOut) {
    return Callbacks.rowid(cursor, rowidOut);
  }

  @JSExport
  public static int update(int vtab, int argc, int argv, int rowidOut) {
    return Callbacks.update(vtab, argc, argv, rowidOut);
  }

  @JSExport
  public static int begin(int vtab) {
    return Callbacks.begin(vtab);
  }

  @JSExport
  public static int sync(int vtab) {
    return Callbacks.sync(vtab);
  }

  @JSExport
  public static int commit(int vtab) {
    return Callbacks.commit(vtab);
  }

  @JSExport
  public static int rollback(int vtab) {
    return Callbacks.rollback(vtab);
  }

  @JSExport
  public static int savepoint(int vtab, int id) {
    return Callbacks.savepoint(vtab, id);
  }

  @JSExport
  public static int rollbackTo(int vtab, int id) {
    return Callbacks.rollbackTo(vtab, id);
  }

  @JSExport
  public static int sessionOpen(int db, int connecting, int access, int token, int agent) {
    return Sessions.open(db, connecting, access, token, agent);
  }

  @JSExport
  public static void sessionReceive(int session, int bytes, int length) {
    Sessions.receive(session, bytes, length);
  }

  @JSExport
  public static int sessionCommit(int db) {
    return Sessions.commit(db);
  }

  @JSExport
  public static void sessionChanged(int session) {
    Sessions.changed(session);
  }

  @JSExport
  public static void sessionPump(int session) {
    Sessions.pump(session);
  }

  @JSExport
  public static void sessionHeartbeat(int session) {
    Sessions.heartbeat(session);
  }

  @JSExport
  public static int sessionPoll(int session, int lengthOut) {
    return Sessions.poll(session, lengthOut);
  }

  @JSExport
  public static int sessionState(int session) {
    return Sessions.state(session);
  }

  @JSExport
  public static int sessionClosing(int session) {
    return Sessions.closing(session);
  }

  @JSExport
  public static int sessionSent(int session) {
    return Sessions.sent(session);
  }

  @JSExport
  public static int sessionReceived(int session) {
    return Sessions.received(session);
  }

  @JSExport
  public static void sessionClose(int session) {
    Sessions.close(session);
  }

  @JSExport
  public static void sessionRelease(int session) {
    Sessions.release(session);
  }

  @JSExport
  public static void storeClose(int db) {
    Stores.close(db);
  }
}
