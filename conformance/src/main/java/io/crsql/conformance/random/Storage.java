package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.Database;
import io.crsql.conformance.SqlError;
import io.crsql.conformance.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What SQLite makes of a value that is stored in a column of some type: asked of SQLite itself, in
 * a table that is not replicated.
 */
final class Storage implements AutoCloseable {
  private record Question(
      String type, boolean strict, Object value, String operator, Object other) {}

  private final Database database;
  private final Map<Question, Object> answers = new HashMap<>();
  private final Map<String, String> tables = new HashMap<>();

  Storage(Database database) {
    this.database = database;
  }

  /** What is stored of a value; {@link Unfit#VALUE} if it is refused. */
  Object stored(String type, boolean strict, Object value) {
    return answer(new Question(type, strict, value, null, null));
  }

  /** What is stored of two values that an operator combines. */
  Object computed(String type, boolean strict, Object value, String operator, Object other) {
    return answer(new Question(type, strict, value, operator, other));
  }

  private Object answer(Question question) {
    if (!answers.containsKey(question)) {
      answers.put(question, ask(question));
    }
    return answers.get(question);
  }

  private Object ask(Question question) {
    String definition = "(c " + question.type + ")" + (question.strict ? " STRICT" : "");
    String table = tables.get(definition);
    if (table == null) {
      table = "scratch" + tables.size();
      database.run("CREATE TABLE " + table + definition);
      tables.put(definition, table);
    }
    SqlText insert = new SqlText().add("INSERT INTO " + table + " VALUES(").value(question.value);
    if (question.operator != null) {
      insert.add(question.operator).value(question.other);
    }
    insert.add(")");
    try {
      database.run(insert.sql(), insert.params());
    } catch (SqlError e) {
      return Unfit.VALUE;
    }
    Object answer =
        values(database.query("SELECT " + expression("c") + " FROM " + table).get(0)).get(0);
    database.run("DELETE FROM " + table);
    return answer;
  }

  /** Two result columns from which {@link #values} reads a column whatever its bytes. */
  static String expression(String column) {
    return "CASE typeof("
        + column
        + ") WHEN 'text' THEN CAST("
        + column
        + " AS BLOB) ELSE "
        + column
        + " END, typeof("
        + column
        + ") = 'text'";
  }

  /** Reads a row of {@link #expression}s. */
  static List<Object> values(List<Object> row) {
    List<Object> values = new ArrayList<>(row.size() / 2);
    for (int i = 0; i < row.size(); i += 2) {
      boolean text = row.get(i + 1).equals(1L);
      values.add(text ? Text.of(((Blob) row.get(i)).bytes()) : row.get(i));
    }
    return values;
  }

  @Override
  public void close() {
    database.close();
  }
}
