package io.crsql.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** What a run of the command did, as its user sees it. */
record Ran(int code, String out, String err) {
  /** Runs the command in this process. */
  static Ran crsql(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = CrsqlCommand.commandLine();
    command.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int code = command.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }
}
