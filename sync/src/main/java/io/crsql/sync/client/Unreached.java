package io.crsql.sync.client;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a hub could not be reached, or was lost, in a sentence for the user. */
final class Unreached {
  private Unreached() {}

  static String sentence(URI uri, Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof WebSocketHandshakeException handshake) {
        return answered(uri, handshake);
      } else if (e instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
        return "the host " + uri.getHost() + " is not known; check its name and the network";
      } else if (e instanceof NoRouteToHostException) {
        return "there is no route to " + place(uri) + "; check the network";
      } else if (e instanceof SSLException) {
        return "no secure connection to " + place(uri) + ": " + told(e);
      } else if (e instanceof HttpTimeoutException) {
        return place(uri) + " did not answer in time";
      } else if (e instanceof ConnectException && !(e.getCause() instanceof RuntimeException)) {
        boolean unreachable = told(e).contains("unreachable");
        return unreachable
            ? "there is no route to " + place(uri) + "; check the network"
            : place(uri) + " refuses the connection; is the hub running there?";
      }
    }
    return "the connection to " + place(uri) + " failed: " + told(failure);
  }

  /** It was reached, and then the connection broke. */
  static String lost(URI uri, Throwable failure) {
    boolean cut = failure instanceof ClosedChannelException || failure.getMessage() == null;
    return "the connection to " + place(uri) + " was lost" + (cut ? "" : ": " + told(failure));
  }

  private static String answered(URI uri, WebSocketHandshakeException handshake) {
    int status = handshake.getResponse() == null ? 0 : handshake.getResponse().statusCode();
    return switch (status) {
      case 401, 403 -> place(uri) + " gives no access to " + path(uri) + " (HTTP " + status + ")";
      case 404 -> place(uri) + " knows no database at " + path(uri) + " (HTTP 404)";
      case 301, 302, 303, 307, 308 ->
          place(uri)
              + " has moved"
              + handshake
                  .getResponse()
                  .headers()
                  .firstValue("Location")
                  .map(to -> " to " + to)
                  .orElse("")
              + "; use that URL";
      case 500, 502, 503, 504 ->
          place(uri) + " cannot serve " + path(uri) + " now (HTTP " + status + ")";
      default ->
          place(uri) + " does not speak WebSocket at " + path(uri) + " (HTTP " + status + ")";
    };
  }

  static String place(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static String path(URI uri) {
    return uri.getPath().isEmpty() ? "/" : uri.getPath();
  }

  private static String told(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
