package io.crsql.cli;

import io.crsql.sync.Access;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps a database in sync with a hub, or through a folder. */
@Command(
    name = "sync",
    description = {
      "Sync a database with a hub (crsql serve), or through a folder that Dropbox, Syncthing, a stick"
          + " or a mounted bucket carries to the others who use it.",
      "It ends when each side has what the other has; with --watch it goes on, until Ctrl-C. It can"
          + " be stopped at any time: nothing is lost, and the next sync goes on where it was."
    },
    footer = {
      "",
      "The token can also be in the environment variable CRSQL_TOKEN, where other users of this"
          + " machine do not see it.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
final class SyncCommand implements Callable<Integer> {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "The database file.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "URL|DIR",
      description = "The hub's URL, as in wss://example.org/db/app, or a folder.")
  private String where;

  @Option(names = "--watch", description = "Go on syncing whatever is written, here or there.")
  private boolean watch;

  @Option(names = "--token", paramLabel = "T", description = "What gives access to the hub.")
  private String token;

  @ArgGroup private Direction direction = new Direction();

  @Option(
      names = "--compact",
      description = "Replace the folder's files by new ones that hold the same.")
  private boolean compact;

  /** One way only. */
  static final class Direction {
    @Option(names = "--receive-only", description = "Change nothing at the other side.")
    private boolean receiveOnly;

    @Option(names = "--send-only", description = "Change nothing here.")
    private boolean sendOnly;

    Access access() {
      return receiveOnly ? Access.READ : sendOnly ? Access.WRITE : Access.FULL;
    }
  }

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    boolean isUrl = URL.matcher(where).matches();
    if (isUrl && compact) {
      throw usage("--compact is for folders");
    } else if (!isUrl && token != null) {
      throw usage("--token is for hubs");
    } else if (compact && !direction.access().equals(Access.FULL)) {
      throw usage("--compact sends and receives");
    }
    // The file must be there and be a database: a name that is mistyped would be a new one.
    Database.open(file).close();
    SyncReport report = new SyncReport(spec.commandLine().getOut(), file);
    if (isUrl) {
      boolean terminal = System.console() != null;
      new HubSync(file, uri(), secret(), direction.access(), report, terminal).run(watch);
    } else {
      new FolderSync(file, Path.of(where), direction.access(), report).run(compact, watch);
    }
    return 0;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private URI uri() {
    try {
      return new URI(where);
    } catch (URISyntaxException e) {
      throw new Failure(where + ": is no URL: " + e.getReason(), e);
    }
  }

  private String secret() {
    return token != null ? token : Optional.ofNullable(System.getenv("CRSQL_TOKEN")).orElse("");
  }
}
