package io.crsql.bench;

import io.crsql.bench.hub.HubBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures, and writes the page and the plots; or measures a little and compares. */
@Command(
    name = "crsql bench",
    description =
        "Measure crsql against plain SQLite in the same run, and write RESULTS.md, recorded.jsonl"
            + " and the plots.",
    usageHelpWidth = 100)
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(names = "--rows", paramLabel = "N", description = "Rows of the table (100000).")
  private Integer rows;

  @Option(names = "--repeat", paramLabel = "N", description = "Repetitions of each work (5).")
  private Integer repeat;

  @Option(
      names = "--web",
      description = "Measure @crsql/web in Chromium instead, beside cr-sqlite, fetched from npm.")
  private boolean web;

  @Option(names = "--peers", description = "Fetch sqlite-sync from npm and measure it beside.")
  private boolean peers;

  @Option(
      names = "--scale",
      description = "Measure what takes long instead: 10 million rows, 1,000 sites ...")
  private boolean scale;

  @Option(
      names = "--scale-rows",
      paramLabel = "N",
      description = "How many rows --scale inserts and updates (10000000).")
  private Integer scaleRows;

  @Option(
      names = "--hub",
      paramLabel = "N",
      description = "Measure a hub with N clients instead, and print a table.")
  private Integer hub;

  @Option(
      names = "--first-sync",
      paramLabel = "N",
      description = "How many rows a first sync of --hub has (1000000).")
  private int firstSyncRows = 1_000_000;

  @Option(
      names = "--short",
      description =
          "Measure for less than a minute and write nothing; fail if a ratio is more than twice the"
              + " recorded one.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the results go and the recorded ones are (bench/ of the source tree).")
  private Path out;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException, ExecutionException {
    Path root = Path.of(System.getProperty("crsql.root", ".")).toAbsolutePath().normalize();
    if (hub != null) {
      HubBench.run(root, hub, firstSyncRows, spec.commandLine().getOut());
      return 0;
    }
    Path folder = out == null ? root.resolve("bench") : out;
    Path file = folder.resolve("recorded.jsonl");
    Driver driver = web ? Driver.script(root) : Driver.compile(root.resolve("bench"));
    List<String> arguments = web ? webArguments(root) : arguments(root);
    if (quick) {
      return judge(Results.read(file), Results.of(driver.run(arguments)));
    }
    Kind kind = web ? Kind.WEB : scale ? Kind.SCALE : Kind.WORKS;
    Map<String, Object> machine = Machine.describe(root, command());
    Results measured = Results.of(driver.run(arguments)).on(machine, kind);
    Results all = Results.readIfThere(file).replacedBy(measured, kind);
    all.write(file);
    Map<String, String> plots = Plots.of(all);
    Plots.write(plots, folder.resolve("plots"));
    Files.writeString(folder.resolve("RESULTS.md"), Page.of(all, plots.keySet()));
    spec.commandLine().getOut().println("written: " + folder.resolve("RESULTS.md"));
    return measured.failed() ? 1 : 0;
  }

  private List<String> arguments(Path root) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    if (quick) {
      arguments.addAll(List.of("--rows", "20000", "--repeat", "3", "--transactions", "2000"));
      arguments.addAll(List.of("--only", "insert,update,delete,adopt,size,merge,read,select"));
    }
    add(arguments, "--rows", rows);
    add(arguments, "--repeat", repeat);
    add(arguments, "--scale-rows", scaleRows);
    if (scale) {
      arguments.add("--scale");
    }
    if (peers) {
      arguments.addAll(List.of("--sync", Peer.fetch(root.resolve("target/peers")).toString()));
    }
    arguments.add(root.resolve("dist/crsqlite.so").toString());
    return arguments;
  }

  private List<String> webArguments(Path root) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--rows", rows);
    add(arguments, "--repeat", repeat);
    arguments.addAll(
        List.of("--peers", Peer.fetchForWeb(root.resolve("target/peers/web")).toString()));
    return arguments;
  }

  private static void add(List<String> arguments, String name, Integer value) {
    if (value != null) {
      arguments.addAll(List.of(name, value.toString()));
    }
  }

  /** What was measured, in the words of the command line. */
  private String command() {
    StringBuilder command = new StringBuilder("./crsql bench");
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!option.longestName().equals("--out")) {
        command.append(' ').append(option.longestName());
        if (option.arity().max() > 0) {
          command.append(' ').append(option.<Object>getValue());
        }
      }
    }
    return command.toString();
  }

  private int judge(Results recorded, Results measured) {
    PrintWriter print = spec.commandLine().getOut();
    Judge judge = new Judge(recorded);
    List<String> worse = judge.worse(measured);
    worse.forEach(print::println);
    print.println(
        worse.isEmpty()
            ? "no ratio is more than twice the recorded one"
            : worse.size() + " more than twice the recorded ratio");
    return worse.isEmpty() && !measured.failed() ? 0 : 1;
  }
}
