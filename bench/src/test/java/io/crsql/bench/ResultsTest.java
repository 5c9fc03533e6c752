package io.crsql.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Map<String, Object> MACHINE = Map.of("cpus", 2);

  @TempDir Path folder;

  @Test
  void written_areReadAgain() throws IOException {
    Path file = folder.resolve("recorded.jsonl");
    Results results =
        Lines.results(Lines.work("insert", "text", 0.01, 0.017)).on(MACHINE, Kind.WORKS);
    results.write(file);
    Results read = Results.read(file);
    assertThat(read.works()).isEqualTo(results.works());
    assertThat(read.machine(Kind.WORKS)).isEqualTo(results.machine(Kind.WORKS));
  }

  @Test
  void missing_sayHowToMakeThem() {
    Path file = folder.resolve("recorded.jsonl");
    assertThatThrownBy(() -> Results.read(file))
        .isInstanceOf(Failure.class)
        .hasMessage(file + " is missing; make it with: ./crsql bench");
  }

  @Test
  void damaged_showTheLine() throws IOException {
    Path file = Files.writeString(folder.resolve("recorded.jsonl"), "{\"work\"\n");
    assertThatThrownBy(() -> Results.read(file))
        .isInstanceOf(Failure.class)
        .hasMessage("not a line of results: {\"work\"");
  }

  @Test
  void workThatFailed_failsThemAll() {
    assertThat(Lines.results(Lines.failed("fold", "text", "disk I/O error")).failed()).isTrue();
  }

  @Test
  void workThatWasSkipped_failsNothing() {
    Results results = Lines.results(Lines.skipped("merge_changesets", "text", "there are none"));
    assertThat(results.failed()).isFalse();
  }

  @Test
  void measuredAnew_replaceOnlyTheirKind() {
    Results works = Lines.results(Lines.work("insert", "text", 0.01, 0.017));
    Results steps = Lines.results(Lines.step("grow", "plain", 1000, 0.001));
    Results web = Lines.results(Lines.web("insert", 0.8));
    Results all =
        works
            .on(MACHINE, Kind.WORKS)
            .replacedBy(web.on(MACHINE, Kind.WEB), Kind.WEB)
            .replacedBy(steps.on(MACHINE, Kind.SCALE), Kind.SCALE);
    assertThat(all.works()).isEqualTo(works.works());
    assertThat(all.steps()).isEqualTo(steps.steps());
    assertThat(all.webWorks()).isEqualTo(web.webWorks());

    Results again = Lines.results(Lines.work("insert", "text", 0.01, 0.016));
    Results anew = all.replacedBy(again.on(MACHINE, Kind.WORKS), Kind.WORKS);
    assertThat(anew.works()).isEqualTo(again.works());
    assertThat(anew.steps()).isEqualTo(steps.steps());
    assertThat(anew.webWorks()).isEqualTo(web.webWorks());
    assertThat(anew.machine(Kind.WEB)).isPresent();
  }
}
