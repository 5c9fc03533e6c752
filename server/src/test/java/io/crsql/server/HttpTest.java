package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.crsql.sync.SessionOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server tells of itself. */
class HttpTest {
  private static final String[] READER = {"Authorization", "Bearer reader"};

  @TempDir Path dir;

  /** The text of all fields of a name; the JSON must be whole. */
  private static List<String> fields(String json, String name) throws IOException {
    List<String> values = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (name.equals(parser.currentName()) && parser.currentToken().isScalarValue()) {
          values.add(parser.getText());
        }
      }
    }
    return values;
  }

  @Test
  void health_isForEverybody() throws IOException, InterruptedException {
    try (Hub hub = new Hub(dir)) {
      HttpResponse<String> answer = hub.get("/health");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(fields(answer.body(), "status")).containsExactly("ok");
      assertThat(fields(answer.body(), "uptimeSeconds")).hasSize(1);
    }
  }

  @Test
  void stateAndMetrics_takeATokenForEverything() throws IOException, InterruptedException {
    try (Hub hub = new Hub(dir)) {
      for (String path : List.of("/status.json", "/metrics")) {
        assertThat(hub.get(path).statusCode()).isEqualTo(401);
        assertThat(hub.get(path, "Authorization", "Bearer guess").statusCode()).isEqualTo(401);
        assertThat(hub.get(path, "Authorization", "Bearer other").statusCode()).isEqualTo(401);
        assertThat(hub.get(path, "Authorization", "Bearer writer").statusCode()).isEqualTo(401);
        assertThat(hub.get(path, READER).statusCode()).isEqualTo(200);
        assertThat(hub.get(path + "?token=reader").statusCode()).isEqualTo(200);
      }
      assertThat(hub.get("/nothing").statusCode()).isEqualTo(404);
      assertThat(hub.get("/db/app").statusCode()).isEqualTo(426);
    }
  }

  @Test
  void thePage_allowsNothingButItself() throws IOException, InterruptedException {
    try (Hub hub = new Hub(dir)) {
      HttpResponse<String> page = hub.get("/");
      String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("{{").doesNotContain("innerHTML");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      String again = hub.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(again).isNotEqualTo(policy);
    }
  }

  @Test
  void state_tellsOfDatabasesAndPeers() throws IOException, SQLException, InterruptedException {
    SessionOptions options = SessionOptions.DEFAULT.withToken("full").withAgent("\"<i>\\n");
    try (Hub hub = new Hub(dir.resolve("hub"));
        Client a = new Client(dir.resolve("a.db"), hub.url("app"), options, 1 << 20, Hub.TODO)) {
      a.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the write at the hub", a::isUpToDate);
      String site = a.text("SELECT lower(hex(crsql_site_id()))");
      Await.until(
          "what was found in it",
          () -> fields(hub.get("/status.json", READER).body(), "parked").equals(List.of("2")));
      String state = hub.get("/status.json", READER).body();
      assertThat(fields(state, "agent")).containsExactly("\"<i>\\n");
      assertThat(fields(state, "name")).containsExactly("app");
      assertThat(fields(state, "site")).contains(site.substring(0, 8));
      assertThat(fields(state, "lag")).containsExactly("0");
      assertThat(fields(state, "rowsApplied")).containsExactly("1");
      assertThat(fields(state, "schemaOther")).containsExactly("true");
    }
  }

  @Test
  void metrics_count() throws IOException, SQLException, InterruptedException {
    try (Hub hub = new Hub(dir.resolve("hub"));
        Client a = hub.client(dir.resolve("a.db"), "full");
        Client wrong = hub.client(dir.resolve("b.db"), "guess")) {
      a.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the write at the hub", a::isUpToDate);
      Await.until("the end", () -> wrong.closing().isPresent());
      String metrics = hub.get("/metrics", READER).body();
      assertThat(metrics)
          .contains("crsql_connections 1.0")
          .contains("crsql_databases_open 1.0")
          .contains("crsql_rows_applied_total 1.0")
          .contains("crsql_closes_total{by=\"server\",code=\"token\"} 1.0")
          .contains("crsql_commit_seconds_bucket{le=\"0.001\"}")
          .contains("crsql_apply_seconds_count")
          .contains("crsql_fanout_seconds_count")
          .contains("crsql_bytes_total{direction=\"in\"}")
          .contains("crsql_messages_total{direction=\"out\"}")
          .contains("jvm_memory_used_bytes")
          .contains("jvm_threads_live_threads");
    }
  }

  @Test
  void headersThatAreTooLarge_areRefused() throws IOException, InterruptedException {
    try (Hub hub = new Hub(dir)) {
      assertThat(hub.get("/health", "X-Large", "x".repeat(9000)).statusCode()).isEqualTo(431);
    }
  }
}
