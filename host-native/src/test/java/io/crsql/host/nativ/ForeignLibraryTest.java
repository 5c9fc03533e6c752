package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the libraries for other platforms ask of their systems, and show to others. */
final class ForeignLibraryTest {
  private static List<String> found(String regex, String output) {
    return Pattern.compile(regex, Pattern.MULTILINE)
        .matcher(output)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void onLinux_exportsItsEntryPointAlone_andNeedsTheCLibraryAlone()
      throws IOException, InterruptedException {
    Foreign.LINUX_AARCH64.needLibrary();
    String library = Libraries.product(Foreign.LINUX_AARCH64.target).toString();
    assertThat(
            found(" (\\S+)$", Command.run("aarch64-linux-gnu-nm", "-D", "--defined-only", library)))
        .containsExactly(Libraries.ENTRY_POINT);
    assertThat(found("NEEDED +(.+)$", Command.run("aarch64-linux-gnu-objdump", "-p", library)))
        .contains("libc.so.6")
        .isSubsetOf("libc.so.6", "libm.so.6", "ld-linux-aarch64.so.1");
  }

  @Test
  void onWindows_exportsItsEntryPointAlone_andNeedsSystemDllsAlone()
      throws IOException, InterruptedException {
    Foreign.WINDOWS_X86_64.needLibrary();
    String library = Libraries.product(Foreign.WINDOWS_X86_64.target).toString();
    String headers = Command.run("x86_64-w64-mingw32-objdump", "-p", library);
    assertThat(found("^\\s*\\[ *\\d+\\] (\\S+)$", headers)).containsExactly(Libraries.ENTRY_POINT);
    assertThat(found("DLL Name: (.+)$", headers))
        .containsExactlyInAnyOrder("KERNEL32.dll", "msvcrt.dll");
  }
}
