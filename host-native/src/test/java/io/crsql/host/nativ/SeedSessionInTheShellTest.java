package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code sqlite3 < session.sql}: the specification's usage session, unchanged, in the stock shell.
 */
final class SeedSessionInTheShellTest {
  static final String CHANGES =
      """
      table  pk   cid  val    version  site_id
      -----  ---  ---  -----  -------  -------
      foo    1    1    2      1
      baz    'a'  1    'woo'  2
      baz    'a'  2    'doo'  3
      baz    'a'  3    'daa'  4
      """;

  static final String MERGED =
      """
      a  b
      -  -----
      1  2
      5  thing
      a  b    c    d
      -  ---  ---  ---
      a  123  doo  daa
      """;

  @Test
  void printsTheTablesOfTheSpecification()
      throws IOException, InterruptedException, URISyntaxException {
    File session = Path.of(getClass().getResource("/session.sql").toURI()).toFile();
    ProcessBuilder shell =
        new ProcessBuilder("sqlite3").redirectInput(session).redirectErrorStream(true);
    shell.environment().put("LD_LIBRARY_PATH", Libraries.product().getParent().toString());
    Process process = shell.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.replaceAll(" +\n", "\n"))
        .contains(CHANGES, MERGED)
        .doesNotContainIgnoringCase("error");
  }
}
