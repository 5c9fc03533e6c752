package io.crsql.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A status as a JSON object. */
final class StatusJson {
  private final JsonGenerator json;

  private StatusJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(Path file, long bytes, Status status, PrintWriter out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      new StatusJson(json).status(file, bytes, status);
      json.writeRaw('\n');
    }
  }

  private void status(Path file, long bytes, Status status) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file.toString());
    json.writeNumberField("bytes", bytes);
    json.writeStringField("crsql", status.crsql());
    json.writeStringField("sqlite", status.sqlite());
    json.writeStringField("site", status.site());
    json.writeNumberField("clock", status.clock());
    json.writeStringField("fingerprint", status.fingerprint());
    json.writeArrayFieldStart("tables");
    for (Status.Table table : status.tables()) {
      table(table);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sites");
    for (Status.Site site : status.sites()) {
      json.writeStartObject();
      json.writeStringField("site", site.id());
      json.writeBooleanField("own", site.own());
      json.writeNumberField("version", site.version());
      json.writeNumberField("arrival", site.arrival());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("held", status.held());
    json.writeNumberField("parked", status.parked());
    json.writeEndObject();
  }

  private void table(Status.Table table) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", table.name());
    json.writeBooleanField("present", table.present());
    json.writeNumberField("rows", table.rows());
    json.writeNumberField("held", table.held());
    if (table.changes() == null) {
      json.writeNullField("changes");
    } else {
      json.writeNumberField("changes", table.changes());
    }
    json.writeNumberField("entries", table.entries());
    json.writeNumberField("unfolded", table.unfolded());
    json.writeEndObject();
  }
}
