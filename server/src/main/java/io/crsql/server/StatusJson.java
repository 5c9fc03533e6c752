package io.crsql.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** The server's state as JSON, for the status page and for scripts. */
final class StatusJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private StatusJson() {}

  /** The server as a whole; {@code uptime} is in seconds. */
  record Totals(
      String version, long uptime, int connections, double bytesIn, double bytesOut, double rows) {}

  /** A database, and what was last found in it. */
  record Row(HostedDatabase.View view, Optional<Inspection> inspection) {}

  static String of(Totals totals, List<Row> databases) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("version", totals.version);
      json.writeNumberField("uptimeSeconds", totals.uptime);
      json.writeNumberField("connections", totals.connections);
      json.writeNumberField("bytesIn", (long) totals.bytesIn);
      json.writeNumberField("bytesOut", (long) totals.bytesOut);
      json.writeNumberField("rowsApplied", (long) totals.rows);
      json.writeArrayFieldStart("databases");
      for (Row row : databases) {
        database(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  static String health(String problem, long uptime) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("status", problem == null ? "ok" : "failing");
      if (problem != null) {
        json.writeStringField("problem", problem);
      }
      json.writeNumberField("uptimeSeconds", uptime);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void database(JsonGenerator json, Row row) throws IOException {
    HostedDatabase.View view = row.view;
    json.writeStartObject();
    json.writeStringField("name", view.name());
    json.writeBooleanField("open", view.isOpen());
    json.writeStringField("site", view.site());
    json.writeNumberField("clock", view.clock());
    json.writeStringField("problem", view.unwritable());
    json.writeFieldName("rowsPerSecond");
    json.writeArray(view.activity(), 0, view.activity().length);
    json.writeFieldName("content");
    if (row.inspection.isPresent()) {
      content(json, row.inspection.get());
    } else {
      json.writeNull();
    }
    json.writeArrayFieldStart("peers");
    for (Peer.View peer : view.peers()) {
      peer(json, peer);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void content(JsonGenerator json, Inspection found) throws IOException {
    json.writeStartObject();
    json.writeStringField("fingerprint", found.fingerprint());
    json.writeNumberField("held", found.held());
    json.writeNumberField("parked", found.parked());
    json.writeArrayFieldStart("tables");
    for (Inspection.Table table : found.tables()) {
      json.writeStartObject();
      json.writeStringField("name", table.name());
      json.writeNumberField("rows", table.rows());
      json.writeNumberField("changes", table.changes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void peer(JsonGenerator json, Peer.View peer) throws IOException {
    json.writeStartObject();
    json.writeStringField("agent", peer.agent());
    json.writeStringField("site", peer.site());
    json.writeStringField("address", peer.address());
    json.writeNumberField("since", peer.since());
    json.writeNumberField("bytesIn", peer.bytesIn());
    json.writeNumberField("bytesOut", peer.bytesOut());
    json.writeBooleanField("receives", peer.access().read());
    json.writeBooleanField("sends", peer.access().write());
    json.writeNumberField("lag", peer.lag());
    json.writeBooleanField("schemaOther", peer.schemaOther());
    json.writeEndObject();
  }
}
