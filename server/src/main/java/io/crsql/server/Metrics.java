package io.crsql.server;

import io.crsql.sync.Closing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What the server counts and measures; docs/operations.md lists it. Thread-safe. */
final class Metrics implements AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(200_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  final Counter messagesIn = counter("crsql.messages", "direction", "in");
  final Counter messagesOut = counter("crsql.messages", "direction", "out");
  final Counter bytesIn = counter("crsql.bytes", "direction", "in");
  final Counter bytesOut = counter("crsql.bytes", "direction", "out");
  final Counter changesets = counter("crsql.changesets.applied");
  final Counter rows = counter("crsql.rows.applied");
  final Counter queries = counter("crsql.changeset.queries");
  final Counter shared = counter("crsql.changesets.shared");
  final Timer apply = timer("crsql.apply");
  final Timer commit = timer("crsql.commit");
  final Timer fanOut = timer("crsql.fanout");

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  private Counter counter(String name, String... tags) {
    return registry.counter(name, tags);
  }

  private Timer timer(String name) {
    return Timer.builder(name).serviceLevelObjectives(BUCKETS).register(registry);
  }

  void gauge(String name, Supplier<Number> value) {
    Gauge.builder(name, value).register(registry);
  }

  void closed(Closing closing) {
    String code = closing.code().name().toLowerCase(Locale.ROOT);
    counter("crsql.closes", "code", code, "by", closing.byPeer() ? "peer" : "server").increment();
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
