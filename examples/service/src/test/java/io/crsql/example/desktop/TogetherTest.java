package io.crsql.example.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.example.service.TicketService;
import io.crsql.server.CrsqlServer;
import io.crsql.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service, the desktop program and a hub, as a user starts them. */
class TogetherTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path dir;

  @Test
  void serviceAndDesktop_shareTickets_andComeTogetherAfterTimeApart() throws Exception {
    CrsqlServer hub = hub(0);
    int port = hub.port();
    String url = "ws://127.0.0.1:" + port + "/db/tickets";
    try (ConfigurableApplicationContext service =
            SpringApplication.run(
                TicketService.class,
                "--server.port=0",
                "--tickets.file=" + dir.resolve("service.db"),
                "--tickets.hub=" + url);
        TicketBook laptop =
            new TicketBook("jdbc:crsql:" + dir.resolve("laptop.db") + "?sync=" + url, "")) {
      String web = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
      String id = send(web + "/tickets", "POST", "The printer jams");
      await(() -> laptop.all().equals(List.of(ticket(id, "open", null))));
      laptop.setStatus(id, "in work");
      await(() -> get(web).contains("in work"));

      hub.close();
      laptop.setNote(id, "Cartridge ordered");
      send(web + "/tickets/" + id + "/status", "PUT", "done");
      hub = hub(port);
      await(() -> laptop.all().equals(List.of(ticket(id, "done", "Cartridge ordered"))));
      await(() -> get(web).contains("Cartridge ordered") && get(web).contains("done"));
    } finally {
      hub.close();
    }
  }

  private CrsqlServer hub(int port) throws IOException {
    return CrsqlServer.start(
        ServerOptions.of(dir.resolve("hub")).withAddress("127.0.0.1", port).withOpen(true));
  }

  private static Ticket ticket(String id, String status, String note) {
    return new Ticket(id, "The printer jams", status, note);
  }

  private String get(String web) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(web + "/tickets")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String send(String url, String method, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "text/plain")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isBetween(200, 299);
    return response.body();
  }

  private static void await(Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + PATIENCE;
    while (!holds.call()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
