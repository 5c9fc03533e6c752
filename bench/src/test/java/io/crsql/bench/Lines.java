package io.crsql.bench;

import java.util.stream.Stream;

/** Lines as the driver prints them. */
final class Lines {
  static final String VERSIONS = "{\"sqlite\":\"3.40.1\",\"crsql\":\"0.1.0\"}";

  private Lines() {}

  static Results results(String... works) {
    return Results.of(Stream.concat(Stream.of(VERSIONS), Stream.of(works)).toList());
  }

  /** A work of 1,000 units with the CPU seconds of plain SQLite and crsql. */
  static String work(String name, String key, double plain, double crsql) {
    return head(name, key) + side("plain", plain, 4096) + side("crsql", crsql, 6144) + "}";
  }

  /** The same, with the peak memory of crsql. */
  static String work(String name, String key, double plain, double crsql, long peakKb) {
    return head(name, key) + side("plain", plain, 4096) + side("crsql", crsql, peakKb) + "}";
  }

  static String alone(String name, String key, double crsql) {
    return head(name, key) + side("crsql", crsql, 6144) + "}";
  }

  static String skipped(String name, String key, String why) {
    return head(name, key) + ",\"crsql\":{\"units\":0,\"skipped\":\"" + why + "\"}}";
  }

  static String failed(String name, String key, String why) {
    return head(name, key) + ",\"crsql\":{\"units\":0,\"error\":\"" + why + "\"}}";
  }

  static String step(String name, String side, long at, double cpu) {
    return "{\"scale\":\"%s\",\"key\":\"text\",\"side\":\"%s\",\"at\":%d,\"units\":1000,\"cpu\":%s,"
            .formatted(name, side, at, cpu)
        + "\"wall\":1,\"bytes\":1048576,\"peak_kb\":4096}";
  }

  /** A work of 1,000 units in the browser, crsql's 2 seconds being so much of cr-sqlite's. */
  static String web(String name, double ratio) {
    String others = "{\"units\":1000,\"wall\":%s,\"ratio\":%s,\"cpu_ratio\":0.5}";
    String vlcn = others.formatted(2 / ratio, ratio);
    return "{\"web\":\"%s\",\"crsql\":{\"units\":1000,\"wall\":2},\"vlcn\":%s,"
            .formatted(name, vlcn)
        + "\"crsql_c\":{\"units\":1000,\"wall\":1},\"vlcn_c\":%s}".formatted(vlcn);
  }

  private static String head(String name, String key) {
    return "{\"work\":\"%s\",\"key\":\"%s\",\"rows\":1000,\"unit\":\"row\",\"repeat\":5"
        .formatted(name, key);
  }

  private static String side(String name, double cpu, long peakKb) {
    return ",\"%s\":{\"cpu\":%s,\"cpu_min\":%s,\"cpu_max\":%s,\"wall\":%s,\"first\":0,\"units\":1000,"
            .formatted(name, cpu, cpu, cpu * 1.1, cpu)
        + "\"peak_kb\":%d,\"bytes\":0,\"plan\":\"SCAN todo\"}".formatted(peakKb);
  }
}
