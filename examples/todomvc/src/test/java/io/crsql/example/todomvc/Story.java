package io.crsql.example.todomvc;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A story of the folder {@code test}, told by Playwright in Node. Where it needs the other side, it
 * prints {@code java} and words, with tabs between, and reads a line.
 */
final class Story {
  private static final Path MODULES = Path.of("..", "..", "node_modules");
  private static final Path NODE = MODULES.resolve(Path.of(".bin", "node"));

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private Story() {}

  /** What a story asks for. */
  interface Answers {
    String answer(String... words) throws Exception;
  }

  /** Ends the test if something is not installed: as skipped, or with -Dcrsql.web=all as failed. */
  static void assumeItCanBeTold() {
    String missing = null;
    if (!Files.isExecutable(NODE) || !Files.exists(MODULES.resolve("playwright-core"))) {
      missing = "node_modules is missing; install npm and build again";
    } else if (!Files.isExecutable(CHROMIUM)) {
      missing = CHROMIUM + " is missing; install it";
    }
    if (missing != null && System.getProperty("crsql.web", "").equals("all")) {
      fail(missing);
    } else if (missing != null) {
      abort(missing);
    }
  }

  /** Tells one, and gives the exit code of the teller. */
  static int tell(String name, String url, Answers answers, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(NODE.toString(), "test/run.mjs", name, url));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CHROMIUM", CHROMIUM.toString());
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        OutputStream input = process.getOutputStream()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split("\t");
        if (words[0].equals("java")) {
          String answer = answers.answer(Arrays.copyOfRange(words, 1, words.length));
          send(input, answer);
        }
      }
      return process.waitFor();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void send(OutputStream input, String answer) {
    try {
      input.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      // the teller has ended, and its exit code tells
    }
  }
}
