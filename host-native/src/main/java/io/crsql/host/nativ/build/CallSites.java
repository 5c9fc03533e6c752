package io.crsql.host.nativ.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renumbers calls by what catches their exceptions. TeaVM gives each call of the program a number,
 * which a frame notes before it makes the call, and a row of pointers in a table; without stack
 * traces all that is asked of the number is the call's handlers, and the whole program has but a
 * few different lists of those. So the table gets a row for each list, and {@code frames.h} looks
 * up the row of a call while it is compiled. Calls of a function that catches nothing need not be
 * noted at all, which is most of them.
 */
final class CallSites {
  /** TeaVM's table, which is rewritten. */
  private static final String TABLE = "callsites.c";

  /** The row of each call, for {@code frames.h}. */
  private static final String ROWS = "callsites.h";

  /** What a frame starts with. */
  private static final int CATCHES_NOTHING = 0;

  /** For the calls of a function outside of its try blocks. */
  private static final int NOT_CAUGHT_HERE = 1;

  private static final Pattern INCLUDE = Pattern.compile("#include \"[^\"]+\"|");
  private static final Pattern HANDLERS =
      Pattern.compile(
          "static TeaVM_ExceptionHandler exceptionHandlers_teavm_callSites\\[(\\d+)] = \\{");
  private static final Pattern HANDLER =
      Pattern.compile(
          "    \\{ (\\.id = \\d+, \\.exceptionClass = [^,]+),"
              + " \\.next = (?:NULL|exceptionHandlers_teavm_callSites\\+(\\d+)) },?");
  private static final Pattern SITES =
      Pattern.compile("TeaVM_CallSite teavm_callSites\\[(\\d+)] = \\{");
  private static final Pattern SITE =
      Pattern.compile(
          "    \\{ \\.firstHandler = (?:NULL|exceptionHandlers_teavm_callSites \\+ (\\d+)),"
              + " \\.location = NULL },? ?");
  private static final Pattern END = Pattern.compile("};");

  private static final Pattern CALL =
      Pattern.compile("TEAVM_(?:CALL_SITE|WITH_CALL_SITE_ID)\\((\\d+)");

  private final Path generated;
  private final List<String> includes = new ArrayList<>();

  /** TeaVM's handlers: of each, what it catches and how, and which is next in its list, or null. */
  private final List<String> catches = new ArrayList<>();

  private final List<Integer> next = new ArrayList<>();

  /** By call, the first of its handlers, or null. */
  private final List<Integer> first = new ArrayList<>();

  /** The handlers that differ. */
  private final List<String> handlers = new ArrayList<>();

  /** The row of each list of those, by the first of the list. */
  private final Map<Integer, Integer> rows = new LinkedHashMap<>();

  private CallSites(Path generated) {
    this.generated = generated;
  }

  /** Rewrites the table in a folder of TeaVM's output that has no stack-trace tables. */
  static void compact(Path generated) throws BuildException, IOException {
    CallSites sites = new CallSites(generated);
    sites.read();
    sites.write(sites.rowOfCalls());
  }

  private void read() throws BuildException, IOException {
    Lines lines = new Lines(Files.readAllLines(generated.resolve(TABLE)));
    for (Matcher m = lines.next(INCLUDE); m != null; m = lines.next(INCLUDE)) {
      includes.add(m.group());
    }
    int count = lines.count(HANDLERS);
    for (int i = 0; i < count; i++) {
      Matcher handler = lines.require(HANDLER);
      catches.add(handler.group(1));
      next.add(index(handler.group(2)));
    }
    lines.require(END);
    count = lines.count(SITES);
    for (int i = 0; i < count; i++) {
      first.add(index(lines.require(SITE).group(1)));
    }
    lines.require(END);
  }

  private static Integer index(String digits) {
    return digits == null ? null : Integer.valueOf(digits);
  }

  private static String reference(int handler) {
    return "exceptionHandlers_teavm_callSites + " + handler;
  }

  /** Reads the functions; each call is in one of them. */
  private int[] rowOfCalls() throws BuildException, IOException {
    int[] rowOf = new int[first.size()];
    Arrays.fill(rowOf, -1);
    for (Path file : sources()) {
      List<Integer> calls = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        for (Matcher m = CALL.matcher(line); m.find(); ) {
          calls.add(Integer.parseInt(m.group(1)));
        }
        if (line.equals("}")) {
          assign(calls, rowOf);
          calls.clear();
        }
      }
    }
    for (int call = 0; call < rowOf.length; call++) {
      if (rowOf[call] < 0) {
        throw new BuildException("TeaVM's output has no function with call site " + call);
      }
    }
    return rowOf;
  }

  private List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(generated)) {
      return tree.filter(f -> f.toString().endsWith(".c")).sorted().collect(Collectors.toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void assign(List<Integer> calls, int[] rowOf) {
    boolean catching = calls.stream().anyMatch(call -> first.get(call) != null);
    for (int call : calls) {
      rowOf[call] = catching ? row(first.get(call)) : CATCHES_NOTHING;
    }
  }

  private int row(Integer handler) {
    if (handler == null) {
      return NOT_CAUGHT_HERE;
    }
    int shared = shared(handler);
    if (!rows.containsKey(shared)) {
      rows.put(shared, NOT_CAUGHT_HERE + 1 + rows.size());
    }
    return rows.get(shared);
  }

  /** The one of the differing handlers that begins the same list as this of TeaVM's. */
  private int shared(int handler) {
    Integer rest = next.get(handler);
    String text =
        catches.get(handler) + ", .next = " + (rest == null ? "NULL" : reference(shared(rest)));
    if (!handlers.contains(text)) {
      handlers.add(text);
    }
    return handlers.indexOf(text);
  }

  private void write(int[] rowOf) throws IOException {
    List<String> table = new ArrayList<>(includes);
    table.add("static TeaVM_ExceptionHandler exceptionHandlers_teavm_callSites[] = {");
    handlers.forEach(h -> table.add("    { " + h + " },"));
    table.add("};");
    table.add("TeaVM_CallSite teavm_callSites[] = {");
    table.add("    [" + CATCHES_NOTHING + "] = { .firstHandler = NULL },");
    table.add("    [" + NOT_CAUGHT_HERE + "] = { .firstHandler = NULL },");
    for (Map.Entry<Integer, Integer> row : rows.entrySet()) {
      table.add(
          "    [" + row.getValue() + "] = { .firstHandler = " + reference(row.getKey()) + " },");
    }
    table.add("};");
    Files.write(generated.resolve(TABLE), table);

    List<String> constants = new ArrayList<>();
    constants.add("static const uint16_t teavm_callSiteRows[] = {");
    constants.add(Arrays.stream(rowOf).mapToObj(r -> r + ",").collect(Collectors.joining("\n")));
    constants.add("};");
    Files.write(generated.resolve(ROWS), constants);
  }

  /** A file that must be in the form expected. */
  private static final class Lines {
    private final List<String> lines;
    private int at;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    /** The next line if it is of this form, else null. */
    Matcher next(Pattern form) {
      Matcher line = form.matcher(at < lines.size() ? lines.get(at) : "end of file");
      if (!line.matches()) {
        return null;
      }
      at++;
      return line;
    }

    Matcher require(Pattern form) throws BuildException {
      Matcher line = next(form);
      if (line == null) {
        throw new BuildException(
            "line " + (at + 1) + " of TeaVM's " + TABLE + " is not of the form " + form);
      }
      return line;
    }

    int count(Pattern form) throws BuildException {
      return Integer.parseInt(require(form).group(1));
    }
  }
}
