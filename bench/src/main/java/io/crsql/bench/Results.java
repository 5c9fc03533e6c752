package io.crsql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Results as lines of JSON, as the drivers print them: of works, of steps of --scale, of works in
 * the browser, and before each {@link Kind} where they were measured.
 */
final class Results {
  private final List<Map<String, Object>> lines;

  private Results(List<Map<String, Object>> lines) {
    this.lines = List.copyOf(lines);
  }

  static Results of(List<String> lines) {
    return new Results(lines.stream().map(Json::parse).toList());
  }

  static Results read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new Failure(file + " is missing; make it with: ./crsql bench");
    }
    return of(Files.readAllLines(file));
  }

  static Results readIfThere(Path file) throws IOException {
    return Files.exists(file) ? read(file) : new Results(List.of());
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines.stream().map(Json::line).toList());
  }

  /** The same, told where: the first line of the driver's has the versions. */
  Results on(Map<String, Object> machine, Kind kind) {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("run", kind.run());
    first.putAll(machine);
    first.putAll(lines.get(0));
    List<Map<String, Object>> all = new ArrayList<>(lines);
    all.set(0, first);
    return new Results(all);
  }

  /** What was measured anew takes the place of what there was of its kind. */
  Results replacedBy(Results measured, Kind kind) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Kind each : Kind.values()) {
      Results from = each == kind ? measured : this;
      from.lines.stream().filter(each::has).forEach(all::add);
    }
    return new Results(all);
  }

  /** Where those of a kind were measured. */
  Optional<Map<String, Object>> machine(Kind kind) {
    return lines.stream().filter(line -> kind.run().equals(line.get("run"))).findFirst();
  }

  List<Work> works() {
    return lines.stream().filter(line -> line.containsKey("work")).map(Work::of).toList();
  }

  /** The works of a name, by number of rows. */
  List<Work> works(String name, String key) {
    TreeMap<Long, Work> found = new TreeMap<>();
    for (Work work : works()) {
      if (work.name().equals(name) && work.key().equals(key)) {
        found.put(work.rows(), work);
      }
    }
    return List.copyOf(found.values());
  }

  /** Whether a work or step of crsql or plain SQLite failed; a peer may. */
  boolean failed() {
    return works().stream().anyMatch(work -> work.failed(Work.PLAIN) || work.failed(Work.CRSQL))
        || steps().stream().anyMatch(Step::failed);
  }

  List<Step> steps() {
    return lines.stream().filter(line -> line.containsKey("scale")).map(Step::of).toList();
  }

  List<WebWork> webWorks() {
    return lines.stream().filter(line -> line.containsKey("web")).map(WebWork::of).toList();
  }
}
