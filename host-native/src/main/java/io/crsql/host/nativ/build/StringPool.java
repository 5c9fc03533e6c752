package io.crsql.host.nativ.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes the literals of the program out of TeaVM's table of string objects, each of them with two
 * pointers for the loader to relocate, into a list that {@code strings_unpack.c} makes the objects
 * of when the runtime starts.
 */
final class StringPool {
  private static final String FILE = "strings.c";

  /** The literals, each as {@code TEAVM_STRING(length, hash, text)}. */
  private static final String LIST = "literals.h";

  private static final Pattern TABLE =
      Pattern.compile("(TeaVM_String\\* teavm_stringPool\\[\\d+]) = \\{");
  private static final String END = "};";
  private static final Pattern LITERAL = Pattern.compile("    TEAVM_STRING\\(\\d+, -?\\d+,u\".*");
  private static final Pattern CONTINUED = Pattern.compile("    \".*");
  private static final Pattern SEPARATOR = Pattern.compile(",( // string #\\d+)$");

  private StringPool() {}

  /** Rewrites the table in a folder of TeaVM's output. */
  static void compact(Path generated) throws BuildException, IOException {
    List<String> rest = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(generated.resolve(FILE))) {
      if (inTable && !line.equals(END)) {
        literals.add(literal(line));
      } else if (TABLE.matcher(line).matches()) {
        inTable = true;
        rest.add(TABLE.matcher(line).replaceFirst("$1;"));
      } else if (inTable) {
        inTable = false;
      } else {
        rest.add(line);
      }
    }
    if (literals.isEmpty()) {
      throw new BuildException("TeaVM's " + FILE + " has no table of strings");
    }
    Files.write(generated.resolve(FILE), rest);
    Files.write(generated.resolve(LIST), literals);
  }

  private static String literal(String line) throws BuildException {
    if (!LITERAL.matcher(line).matches() && !CONTINUED.matcher(line).matches()) {
      throw new BuildException("TeaVM's " + FILE + " has a string that is no literal: " + line);
    }
    return SEPARATOR.matcher(line).replaceFirst("$1");
  }
}
