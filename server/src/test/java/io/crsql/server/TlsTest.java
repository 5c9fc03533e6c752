package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate. */
class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path dir;

  private KeyStore keys(String algorithm) throws Exception {
    Path file = dir.resolve(algorithm + ".p12");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-alias",
                "key",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start()
            .waitFor();
    assertThat(code).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD);
    }
    return keys;
  }

  private Path pem(String name, String label, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        dir.resolve(name),
        "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }

  private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("key"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private void assertServes(String algorithm) throws Exception {
    KeyStore keys = keys(algorithm);
    Key key = keys.getKey("key", PASSWORD);
    ServerOptions.Tls tls =
        new ServerOptions.Tls(
            pem("cert.pem", "CERTIFICATE", keys.getCertificate("key").getEncoded()),
            pem("key.pem", "PRIVATE KEY", key.getEncoded()));
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build();
    try (Hub hub = new Hub(dir.resolve("hub"), options -> options.withTls(tls))) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(hub.server.url("/health"))).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThat(hub.url("app")).startsWith("wss://");
      client
          .newWebSocketBuilder()
          .buildAsync(URI.create(hub.url("app")), new WebSocket.Listener() {})
          .join()
          .abort();
    }
  }

  @Test
  void anRsaKey_serves() throws Exception {
    assertServes("RSA");
  }

  @Test
  void anEcKey_serves() throws Exception {
    assertServes("EC");
  }

  @Test
  void aKeyInAnOldFormat_isRefusedWithTheWayOut() throws Exception {
    KeyStore keys = keys("EC");
    ServerOptions.Tls tls =
        new ServerOptions.Tls(
            pem("cert.pem", "CERTIFICATE", keys.getCertificate("key").getEncoded()),
            pem("old.pem", "RSA PRIVATE KEY", new byte[20]));
    assertThatThrownBy(() -> new Hub(dir.resolve("hub"), options -> options.withTls(tls)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            tls.key()
                + ": has no unencrypted PKCS #8 key; convert it: openssl pkcs8 -topk8 -nocrypt -in"
                + " OLD -out NEW");
  }
}
