package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with jOOQ. */
class JooqTest {
  private static final Field<Integer> ID = field(name("id"), INTEGER.notNull());
  private static final Field<String> WHAT = field(name("what"), VARCHAR);

  @TempDir Path folder;

  @Test
  void dsl_writesInTransactions_areChanges() throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + folder.resolve("app.db"));
    DSLContext jooq = DSL.using(source, SQLDialect.SQLITE);
    jooq.createTable(name("todo"))
        .columns(ID, WHAT)
        .constraint(constraint().primaryKey(ID))
        .execute();
    jooq.select(function("crsql_as_crr", INTEGER, inline("todo"))).fetch();
    jooq.insertInto(table(name("todo")), ID, WHAT).values(1, "a").values(2, "b").execute();
    jooq.insertInto(table(name("todo")), ID, WHAT)
        .values(1, "c")
        .onConflict(ID)
        .doUpdate()
        .set(WHAT, "c")
        .execute();
    assertThatThrownBy(
            () ->
                jooq.transaction(
                    inside -> {
                      inside.dsl().deleteFrom(table(name("todo"))).execute();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    String returned =
        jooq.update(table(name("todo")))
            .set(WHAT, "d")
            .where(ID.eq(2))
            .returningResult(WHAT)
            .fetchOne(WHAT);
    assertThat(returned).isEqualTo("d");
    try (Stream<Change> changes = Replica.of(source).changes(0)) {
      assertThat(changes.map(change -> change.pk() + " " + change.value()))
          .containsExactly("1 'c'", "2 'd'");
    }
  }
}
