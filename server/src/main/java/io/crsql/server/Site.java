package io.crsql.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** The files of a web application. Nothing outside of its folder, and nothing hidden. */
final class Site extends ResourceHandler {
  private static final String INDEX = "index.html";

  /** The application's own scripts and WebAssembly, and connections to this server. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
          + " img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Path root;

  Site(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "cannot serve the files of " + folder + ": it is no folder; make it, or name another");
    }
    root = folder.toRealPath();
    setBaseResource(ResourceFactory.of(this).newResource(root));
    setWelcomeFiles(INDEX);
    setDirAllowed(false);
    setEtags(true);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!serves(Request.getPathInContext(request))) {
      return false;
    }
    response.getHeaders().put("Content-Security-Policy", POLICY);
    // the browser asks each time whether it has changed
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    return super.handle(request, response, callback);
  }

  private boolean serves(String path) throws IOException {
    Optional<Path> file = resolve(path);
    if (file.isPresent() && Files.isDirectory(file.get())) {
      file = resolve(URIUtil.addPaths(path, INDEX));
    }
    return file.isPresent() && Files.isRegularFile(file.get());
  }

  /** What a path stands for, wherever links lead; empty if that is none of the site's. */
  private Optional<Path> resolve(String path) throws IOException {
    if (path.contains("/.")) {
      return Optional.empty();
    }
    try {
      Path file = root.resolve(URIUtil.decodePath(path).substring(1));
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return Optional.of(file.toRealPath()).filter(real -> real.startsWith(root));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
