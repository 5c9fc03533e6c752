package io.crsql.example.service;

import io.crsql.jdbc.ChangeBatch;
import io.crsql.jdbc.ChangeFeed;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Lets browsers know when tickets have changed, here or on any other device. */
@Component
class LiveUpdates {
  private static final long NEVER = 0;

  private final DataSource source;
  private final Set<SseEmitter> browsers = ConcurrentHashMap.newKeySet();
  private ChangeFeed feed;

  LiveUpdates(DataSource source) {
    this.source = source;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() throws SQLException {
    feed = ChangeFeed.on(source).start();
    feed.add(this::changed);
  }

  SseEmitter listen() {
    SseEmitter browser = new SseEmitter(NEVER);
    browser.onCompletion(() -> browsers.remove(browser));
    browser.onError(e -> browsers.remove(browser));
    browsers.add(browser);
    return browser;
  }

  private void changed(ChangeBatch batch) {
    for (SseEmitter browser : browsers) {
      try {
        browser.send(String.valueOf(batch.rows().size()));
      } catch (IOException | IllegalStateException e) {
        browsers.remove(browser);
      }
    }
  }

  @PreDestroy
  void stop() {
    browsers.forEach(SseEmitter::complete);
    if (feed != null) {
      feed.close();
    }
  }
}
