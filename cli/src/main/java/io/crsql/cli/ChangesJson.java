package io.crsql.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Changes as JSON lines. */
final class ChangesJson {
  private static final int ROWS_BETWEEN_CHECKS = 1_000;

  private final JsonGenerator json;

  private ChangesJson(JsonGenerator json) {
    this.json = json;
  }

  /** Prints them, as long as somebody reads. */
  static void print(ResultSet changes, byte[] site, PrintWriter out)
      throws SQLException, IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setRootValueSeparator(null);
      ChangesJson printer = new ChangesJson(json);
      for (long row = 1; changes.next(); row++) {
        printer.object(changes, site);
        json.writeRaw('\n');
        if (row % ROWS_BETWEEN_CHECKS == 0) {
          json.flush();
          if (out.checkError()) {
            return;
          }
        }
      }
    }
  }

  private void object(ResultSet changes, byte[] site) throws SQLException, IOException {
    json.writeStartObject();
    int columns = changes.getMetaData().getColumnCount();
    for (int i = 1; i <= columns; i++) {
      String name = changes.getMetaData().getColumnName(i);
      Object value = changes.getObject(i);
      json.writeFieldName(name);
      value(name.equals("site_id") && value == null ? site : value);
    }
    json.writeEndObject();
  }

  private void value(Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof byte[] blob) {
      json.writeString(Words.hex(blob));
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Double real) {
      real(real);
    } else {
      json.writeNumber(((Number) value).longValue());
    }
  }

  /** JSON has no infinity; crsql_changes takes SQL's literal for it. */
  private void real(double real) throws IOException {
    if (Double.isInfinite(real)) {
      json.writeString(Words.infinity(real));
    } else {
      json.writeNumber(real);
    }
  }
}
