package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product under load; the checks are in the C programs. */
final class TortureTest {
  private static final int SECONDS = Integer.getInteger("crsql.torture.seconds", 60);

  @TempDir Path folder;

  @Test
  void aThousandConnectionsLeaveNothingBehind() throws IOException, InterruptedException {
    Path reload = Command.compile("reload", folder);
    assertThat(Command.run(reload.toString(), Libraries.product().toString())).isEqualTo("ok\n");
  }

  @Test
  void eightThreadsOnOneFile() throws IOException, InterruptedException {
    Path torture = Command.compile("torture", folder);
    String output =
        Command.run(
            torture.toString(),
            Libraries.product().toString(),
            folder.resolve("torture.db").toString(),
            Integer.toString(SECONDS));
    System.out.println("torture, " + SECONDS + " s: " + output.lines().findFirst().orElse(""));
    assertThat(output).endsWith("\nok\n");
  }
}
