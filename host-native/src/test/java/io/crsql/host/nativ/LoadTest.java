package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The product loads wherever people load extensions. */
final class LoadTest {
  private static final Path LIBRARY = Libraries.product();

  @Test
  void exportsItsEntryPointAlone() throws IOException, InterruptedException {
    String symbols = Command.run("nm", "-D", "--defined-only", LIBRARY.toString());
    assertThat(symbols.lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
        .containsExactly(Libraries.ENTRY_POINT);
  }

  @Test
  void loadsInTheCommandLineShell() throws IOException, InterruptedException {
    String load = ".load " + LIBRARY.toString().replace(".so", "");
    assertThat(Command.run("sqlite3", ":memory:", load, "select crsql_version()")).startsWith("0.");
  }

  @Test
  void loadsInPython() throws IOException, InterruptedException {
    String script =
        "import sqlite3, sys\n"
            + "for i in range(3):\n"
            + "  c = sqlite3.connect(':memory:')\n"
            + "  c.enable_load_extension(True)\n"
            + "  c.load_extension(sys.argv[1])\n"
            + "  c.load_extension(sys.argv[1])\n"
            + "  print(c.execute('select crsql_version()').fetchone()[0])\n"
            + "  c.close()\n";
    assertThat(Command.run("/usr/bin/python3", "-c", script, LIBRARY.toString()).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("0."));
  }

  @Test
  void loadsInJdbcAlsoTwice() throws SQLException {
    try (Connected db = new Connected(LIBRARY)) {
      db.value("select load_extension(?, ?)", LIBRARY.toString(), Libraries.ENTRY_POINT);
      assertThat((String) db.value("select crsql_version()")).startsWith("0.");
    }
  }
}
