package io.crsql.server;

import java.util.regex.Pattern;

/** The names of databases: no path can be made of them, and none is a hidden file. */
final class DatabaseName {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  private DatabaseName() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}
