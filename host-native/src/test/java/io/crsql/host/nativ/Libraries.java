package io.crsql.host.nativ;

import io.crsql.host.nativ.build.Target;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The libraries that the build has made, and the name of their entry point. */
final class Libraries {
  static final String ENTRY_POINT = "sqlite3_crsqlite_init";

  private Libraries() {}

  /** The product: the one in the jar, or another that the build wants tested instead. */
  static Path product() {
    String other = System.getProperty("crsql.library", "");
    if (!other.isEmpty()) {
      return Path.of(other);
    }
    return product(Target.host());
  }

  static Path product(Target target) {
    return resource(name(target));
  }

  /** Whether the build has made the product for it. */
  static boolean has(Target target) {
    return Libraries.class.getResource(name(target)) != null;
  }

  private static String name(Target target) {
    return "/io/crsql/native/" + target.platform() + "/" + target.file();
  }

  /** The library made from {@link ProbeMain}. */
  static Path probe() {
    return resource("/probe.so");
  }

  private static Path resource(String name) {
    URL url = Libraries.class.getResource(name);
    if (url == null) {
      throw new IllegalStateException(name + " has not been built");
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
