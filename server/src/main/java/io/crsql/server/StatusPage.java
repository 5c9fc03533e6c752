package io.crsql.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** The page for people. It holds nothing by itself: it shows what /status.json tells. */
final class StatusPage {
  private static final String PLACE = "{{nonce}}";
  private static final int NONCE_BYTES = 18;

  private final SecureRandom random = new SecureRandom();
  private final String html;

  StatusPage() throws IOException {
    try (InputStream resource = StatusPage.class.getResourceAsStream("status.html")) {
      html = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A number for one answer, which marks the page's own scripts and styles. */
  String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  String html(String nonce) {
    return html.replace(PLACE, nonce);
  }

  /** Nothing from elsewhere, nothing that is not marked, and in no frame. */
  static String policy(String nonce) {
    return "default-src 'none'; connect-src 'self'; script-src 'nonce-"
        + nonce
        + "'; style-src 'nonce-"
        + nonce
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }
}
