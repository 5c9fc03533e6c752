package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crsql.sync.SessionOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page in a browser. */
class StatusPageTest {
  @TempDir Path dir;

  @BeforeEach
  void needsChromium() {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium")));
    assumeTrue(there, "chromium is not installed");
  }

  /** What the page has become after some seconds, as HTML. */
  private String page(String url) throws IOException, InterruptedException {
    Path out = dir.resolve("page.html");
    new ProcessBuilder(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--user-data-dir=" + dir.resolve("profile"),
            "--virtual-time-budget=8000",
            "--dump-dom",
            url)
        .redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return Files.readString(out);
  }

  @Test
  void withAToken_showsTheState() throws IOException, SQLException, InterruptedException {
    SessionOptions options = SessionOptions.DEFAULT.withToken("full").withAgent("<i>evil</i>");
    try (Hub hub = new Hub(dir.resolve("hub"));
        Client a = new Client(dir.resolve("a.db"), hub.url("app"), options, 1 << 20, Hub.TODO)) {
      a.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the write at the hub", a::isUpToDate);
      String page = page(hub.server.url("/?token=reader"));
      assertThat(page)
          .contains("<h2>app</h2>")
          .contains("&lt;i&gt;evil&lt;/i&gt;")
          .doesNotContain("<i>evil")
          .contains("up to date")
          .contains("class=\"pill push good\"")
          .contains("127.0.0.1");
    }
  }

  @Test
  void withoutAToken_asksForOne() throws IOException, InterruptedException {
    try (Hub hub = new Hub(dir.resolve("hub"))) {
      String page = page(hub.server.url("/"));
      assertThat(page).contains("token needed").contains("id=\"content\" hidden");
    }
  }
}
