package io.crsql.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs the command and ends the process with its exit code. */
public final class Main {
  private Main() {}

  /** The command's arguments are {@code args}. */
  public static void main(String[] args) {
    CommandLine command = CrsqlCommand.commandLine();
    command.setOut(utf8(FileDescriptor.out));
    command.setErr(utf8(FileDescriptor.err));
    int code = command.execute(args);
    command.getOut().flush();
    command.getErr().flush();
    System.exit(code);
  }

  /** Texts are UTF-8 in the databases; whoever reads the output gets the same bytes. */
  private static PrintWriter utf8(FileDescriptor descriptor) {
    FileOutputStream file = new FileOutputStream(descriptor);
    return new PrintWriter(new PrintStream(file, false, StandardCharsets.UTF_8), false);
  }
}
