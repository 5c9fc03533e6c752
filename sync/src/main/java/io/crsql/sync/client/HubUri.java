package io.crsql.sync.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The URLs of hubs, as their users write them. */
final class HubUri {
  private HubUri() {}

  /** The URL with ws or wss for http or https; refused if it names no WebSocket. */
  static URI of(URI uri) {
    String scheme =
        switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
          case "ws", "http" -> "ws";
          case "wss", "https" -> "wss";
          default -> throw wrong(uri, "does not begin with ws://, wss://, http:// or https://");
        };
    if (uri.getHost() == null) {
      throw wrong(uri, "names no host");
    } else if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the URL has a user or password in front of its host; give the token by itself");
    } else if (uri.getRawFragment() != null) {
      throw wrong(uri, "has a # in it, which no server would see");
    }
    try {
      String rest = uri.getRawSchemeSpecificPart();
      return new URI(scheme + ":" + rest);
    } catch (URISyntaxException e) {
      throw wrong(uri, "is malformed");
    }
  }

  private static IllegalArgumentException wrong(URI uri, String why) {
    return new IllegalArgumentException("the URL " + uri + " " + why);
  }
}
