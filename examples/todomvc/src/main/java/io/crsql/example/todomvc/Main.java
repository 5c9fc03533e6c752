package io.crsql.example.todomvc;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the example; see {@code ./crsql example todomvc}. */
@Command(
    name = "todomvc",
    description = "TodoMVC in the browser, with a hub for it.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "todomvc-hub",
      description = "The hub's folder. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8485",
      description = "The port, 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  private Main() {}

  /** The command's arguments are {@code args}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException, URISyntaxException {
    TodoHub hub;
    try {
      hub = TodoHub.start(folder, site(), port);
    } catch (IOException e) {
      System.err.println("todomvc: " + e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
    System.out.println("todos at " + hub.url());
    new CountDownLatch(1).await();
    return 0;
  }

  /** The build puts the site beside the program. */
  private static Path site() throws URISyntaxException {
    Path program = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return program.resolveSibling("site");
  }
}
