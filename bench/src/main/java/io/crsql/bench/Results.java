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
 * Results as lines of JSON, as the driver prints them: of works, of steps of --scale, and before
 * each of the two kinds where they were measured.
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
  Results on(Map<String, Object> machine, boolean scale) {
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("run", scale ? "scale" : "works");
    first.putAll(machine);
    first.putAll(lines.get(0));
    List<Map<String, Object>> all = new ArrayList<>(lines);
    all.set(0, first);
    return new Results(all);
  }

  /** What was measured anew takes the place of what there was of its kind. */
  Results replacedBy(Results measured, boolean scale) {
    List<Map<String, Object>> all = new ArrayList<>();
    Results works = scale ? this : measured;
    Results steps = scale ? measured : this;
    works.lines.stream().filter(line -> !isScale(line)).forEach(all::add);
    steps.lines.stream().filter(Results::isScale).forEach(all::add);
    return new Results(all);
  }

  private static boolean isScale(Map<String, Object> line) {
    return line.containsKey("scale") || "scale".equals(line.get("run"));
  }

  /** Where the works, or the steps, were measured. */
  Optional<Map<String, Object>> machine(String run) {
    return lines.stream().filter(line -> run.equals(line.get("run"))).findFirst();
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
}
