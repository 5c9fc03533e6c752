package io.crsql.engine.replica;

import io.crsql.engine.log.FoldFunction;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.TransactionTable;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The databases of a connection: main, and those that are attached now.
 *
 * <p>What was read of an attached one is used again only as long as it is the same file, since
 * another one may have been attached under its name.
 */
public final class Replicas {
  private final Db db;
  private final TransactionTable table;
  private final FoldFunction folding;
  private final Replica main;
  private final Stmt list;

  /** By name in lower case; those that have been asked for. */
  private final Map<String, Replica> attached = new HashMap<>();

  /** The databases of a connection. */
  public Replicas(Db db, TransactionTable table, FoldFunction folding) {
    this.db = db;
    this.table = table;
    this.folding = folding;
    this.main = Replica.of(new Schema(db, "main"), table, folding);
    this.list = db.prepare("SELECT name FROM pragma_database_list WHERE seq > 1");
  }

  /** Finalises all statements. */
  public void close() {
    main.close();
    list.close();
    for (Replica one : attached.values()) {
      one.close();
    }
    attached.clear();
  }

  /** The main database. */
  public Replica main() {
    return main;
  }

  /** Whether a database is called so, in any case. */
  public boolean has(String name) {
    String wanted = Names.asciiLower(name);
    boolean has = wanted.equals("main");
    for (String listed : list()) {
      has |= Names.asciiLower(listed).equals(wanted);
    }
    return has;
  }

  /**
   * The database that is called so, in any case.
   *
   * @param caller the function or table that is asked for it, for its error messages
   * @throws SqliteException if there is none
   */
  public Replica named(String name, String caller) {
    String wanted = Names.asciiLower(name);
    if (wanted.equals("main")) {
      return main;
    }
    Replica known = attached.get(wanted);
    if (known != null && known.transaction().isOpen()) {
      return known;
    }
    for (String listed : list()) {
      if (Names.asciiLower(listed).equals(wanted)) {
        return current(listed);
      }
    }
    throw new SqliteException(
        SqliteException.ERROR,
        caller
            + (wanted.equals("temp")
                ? ": temp ends with its connection, so it has no replicas; name main or an attached"
                    + " database"
                : ": there is no database " + Names.shown(name) + "; attach it first"));
  }

  /** All databases, main first. */
  public List<Replica> all() {
    List<Replica> all = new ArrayList<>();
    all.add(main);
    for (String listed : list()) {
      all.add(current(listed));
    }
    return all;
  }

  /**
   * The attached databases that the connection's transaction writes. The others are not looked at:
   * they may be locked.
   */
  List<Replica> attachedWritten() {
    List<Replica> written = new ArrayList<>();
    if (table.writesAttached()) {
      for (String listed : list()) {
        if (db.writes(listed)) {
          written.add(current(listed));
        }
      }
    }
    return written;
  }

  /** Whether a merge is writing any of the databases. */
  public boolean merging() {
    boolean merging = main.transaction().isMerging();
    for (Replica one : attached.values()) {
      merging |= one.transaction().isMerging();
    }
    return merging;
  }

  /** The names of the attached databases; what is known of others is forgotten. */
  private List<String> list() {
    List<String> names = new ArrayList<>();
    List<String> gone = new ArrayList<>(attached.keySet());
    try {
      while (list.step()) {
        names.add(list.getText(0));
        gone.remove(Names.asciiLower(list.getText(0)));
      }
    } finally {
      list.reset();
    }
    for (String name : gone) {
      attached.remove(name).close();
    }
    return names;
  }

  private Replica current(String name) {
    String key = Names.asciiLower(name);
    Replica known = attached.get(key);
    if (known == null) {
      known = Replica.of(new Schema(db, name), table, folding);
      attached.put(key, known);
    } else if (!known.transaction().isOpen()) {
      known.recognise();
    }
    return known;
  }
}
