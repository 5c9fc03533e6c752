package io.crsql.host.nativ.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NativesTest {
  private static final Target HOST = Target.host();
  private static final Target OTHER = new Target("plan9-mips", "no-such-gcc", "gcc-mips libc-mips");
  private static final List<Target> BOTH = List.of(HOST, OTHER);

  @Test
  void host_isThisMachineWhateverElseThereIs()
      throws BuildException, IOException, InterruptedException {
    assertThat(Natives.HOST.of(List.of(HOST, HOST, OTHER))).containsExactly(HOST);
  }

  @Test
  void installed_leavesOutWhatHasNoCompiler()
      throws BuildException, IOException, InterruptedException {
    assertThat(Natives.INSTALLED.of(BOTH)).containsExactly(HOST);
  }

  @Test
  void all_withoutACompiler_saysWhatToInstall() {
    assertThatThrownBy(() -> Natives.ALL.of(BOTH))
        .isInstanceOf(BuildException.class)
        .hasMessage("no C compiler for plan9-mips: apt-get install -y gcc-mips libc-mips");
  }

  @Test
  void any_withoutACompilerForThisMachine_saysWhatToInstall() {
    for (Natives choice : Natives.values()) {
      assertThatThrownBy(() -> choice.of(List.of(OTHER, HOST))).hasMessageContaining("gcc-mips");
    }
  }

  @Test
  void targets_beginWithThisMachine_andNameEachPlatformOnce() {
    assertThat(Target.all().get(0)).isEqualTo(HOST);
    assertThat(Target.all())
        .extracting(Target::platform)
        .contains("linux-x86_64", "linux-aarch64", "windows-x86_64")
        .doesNotHaveDuplicates();
  }
}
