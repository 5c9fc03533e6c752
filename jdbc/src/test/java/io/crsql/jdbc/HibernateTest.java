package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.community.dialect.SQLiteDialect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with Hibernate. */
class HibernateTest {
  @TempDir Path folder;

  private SessionFactory sessions;
  private Replica replica;

  /** A row of the table todo. */
  @Entity(name = "todo")
  static class Todo {
    @Id private String id;
    private String what;
    private boolean done;
    @Version private long revision;

    Todo() {}

    Todo(String id, String what) {
      this.id = id;
      this.what = what;
    }
  }

  @BeforeEach
  void open() throws SQLException {
    String url = "jdbc:crsql:" + folder.resolve("app.db");
    sessions =
        new Configuration()
            .addAnnotatedClass(Todo.class)
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.dialect", SQLiteDialect.class.getName())
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .buildSessionFactory();
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl(url);
    replica = Replica.of(source);
    replica.asCrr("todo");
  }

  @AfterEach
  void close() {
    sessions.close();
  }

  @Test
  void entities_persistedChangedAndRemoved_areChanges() throws SQLException {
    sessions.inTransaction(
        session -> {
          session.persist(new Todo("a", "first"));
          session.persist(new Todo("b", "second"));
        });
    sessions.inTransaction(
        session -> {
          session.find(Todo.class, "a").done = true;
          session.remove(session.find(Todo.class, "b"));
        });
    assertThat(changes())
        .containsExactlyInAnyOrder(
            "'a' what 'first'", "'a' done 1", "'a' revision 1", "'b' null 2");
    assertThat(replica.verify()).isEmpty();
  }

  @Test
  void transaction_thatFails_leavesNoChange() throws SQLException {
    assertThatThrownBy(
            () ->
                sessions.inTransaction(
                    session -> {
                      session.persist(new Todo("a", "first"));
                      session.flush();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(changes()).isEmpty();
  }

  private Set<String> changes() throws SQLException {
    try (Stream<Change> changes = replica.changes(0)) {
      return changes
          .map(change -> change.pk() + " " + change.column() + " " + change.value())
          .collect(Collectors.toSet());
    }
  }
}
