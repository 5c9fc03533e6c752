package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.conformance.changeset.ChangesetBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changesets in files, each with a text beside it that says what made them and what they mean: no
 * later version may write or read them otherwise.
 */
class GoldenChangesetTest extends ChangesetScenario {
  private static byte[] read(String name) throws IOException {
    try (InputStream in = GoldenChangesetTest.class.getResourceAsStream("changesets/" + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** The files' chunks, in their order. */
  private static List<Blob> chunks(String name) throws IOException {
    List<Blob> chunks = new ArrayList<>();
    byte[] chunk = read(name + "-1.crsq");
    while (chunk != null) {
      chunks.add(Blob.of(chunk));
      chunk = read(name + "-" + (chunks.size() + 1) + ".crsq");
    }
    return chunks;
  }

  /** The lines of a part of a text. */
  private static List<String> part(String name, String part) throws IOException {
    String text = new String(read(name + ".txt"), StandardCharsets.UTF_8);
    String head = "--- " + part + "\n";
    int from = text.indexOf(head) + head.length();
    int to = text.indexOf("\n\n", from - 1);
    return text.substring(from, to < 0 ? text.length() : to).lines().toList();
  }

  private Database database(String name, String part) throws IOException {
    return open(part(name, part).toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"values", "shapes", "stream"})
  void file_isWhatItsSenderWrites(String name) throws IOException {
    Database sender = database(name, "sender");
    List<Object> made = new ArrayList<>();
    sender.each(
        "SELECT changeset FROM crsql_changesets(NULL, ?1)",
        row -> made.add(row.get(0)),
        Long.parseLong(part(name, "max_bytes").get(0)));
    assertThat(made).isEqualTo(chunks(name));
  }

  @Test
  void file_isWhatTheSpecificationSays() throws IOException {
    Blob sender = new Blob("11".repeat(16));
    ChangesetBuilder second =
        new ChangesetBuilder(sender)
            .cut()
            .arrivals(42, 44)
            .site(sender, 0, 0)
            .shape("t", 1, B)
            .row(43, 3, "three")
            .row(44, 4, "four");
    assertThat(chunks("stream")).hasSize(3).element(1).isEqualTo(second.blob());
  }

  @ParameterizedTest
  @ValueSource(strings = {"values", "shapes", "stream"})
  void file_isReadAsWhatItMeans(String name) throws IOException {
    Database receiver = database(name, "receiver");
    for (Blob chunk : chunks(name)) {
      apply(receiver, chunk);
    }
    assertThat(
            lines(
                receiver,
                "SELECT \"table\", pk, quote(cid), quote(val), version, site_id FROM crsql_changes"
                    + " ORDER BY version, cid"))
        .isEqualTo(part(name, "changes"));
    assertThat(
            lines(
                receiver,
                "SELECT site, version, arrival FROM crsql_sites WHERE id <> 0 ORDER BY 1"))
        .isEqualTo(part(name, "vector"));
    assertSound(receiver);
  }
}
