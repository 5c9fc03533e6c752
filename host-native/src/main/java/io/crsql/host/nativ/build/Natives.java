package io.crsql.host.nativ.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** For which platforms the product is made: the system property {@code crsql.natives}. */
enum Natives {
  /** This machine alone. */
  HOST,
  /** Those whose compilers are installed. */
  INSTALLED,
  /** All; a missing compiler is an error. */
  ALL;

  static Natives chosen() throws BuildException {
    String name = System.getProperty("crsql.natives", "host");
    for (Natives choice : values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(name)) {
        return choice;
      }
    }
    throw new BuildException("crsql.natives is host, installed or all, not " + name);
  }

  /** Which of these targets to make; the first is this machine, for which a compiler must be. */
  List<Target> of(List<Target> all) throws BuildException, IOException, InterruptedException {
    List<Target> wanted = this == HOST ? all.subList(0, 1) : all;
    List<Target> found = new ArrayList<>();
    List<Target> missing = new ArrayList<>();
    for (Target target : wanted) {
      (target.isInstalled() ? found : missing).add(target);
    }
    if (missing.contains(all.get(0)) || this == ALL && !missing.isEmpty()) {
      throw new BuildException(noCompiler(missing));
    }
    if (!missing.isEmpty()) {
      System.out.println("crsqlite: left out: " + noCompiler(missing));
    }
    return found;
  }

  private static String noCompiler(List<Target> targets) {
    return "no C compiler for "
        + targets.stream().map(Target::platform).collect(Collectors.joining(", "))
        + ": apt-get install -y "
        + targets.stream().map(Target::packages).collect(Collectors.joining(" "));
  }
}
