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

  List<Target> targets() throws BuildException, IOException, InterruptedException {
    Target host = Target.host();
    if (!host.isInstalled()) {
      throw new BuildException(missing(List.of(host)));
    }
    if (this == HOST) {
      return List.of(host);
    }
    List<Target> found = new ArrayList<>();
    List<Target> missing = new ArrayList<>();
    for (Target target : Target.all()) {
      (target.isInstalled() ? found : missing).add(target);
    }
    if (this == ALL && !missing.isEmpty()) {
      throw new BuildException(missing(missing));
    }
    if (!missing.isEmpty()) {
      System.out.println("crsqlite: left out: " + missing(missing));
    }
    return found;
  }

  private static String missing(List<Target> targets) {
    return targets.stream().map(Target::platform).collect(Collectors.joining(", "))
        + ", for want of a compiler: apt-get install -y "
        + targets.stream().map(Target::packages).collect(Collectors.joining(" "));
  }
}
