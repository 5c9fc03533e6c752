package io.crsql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The codec against the JDK's. */
final class Utf8Test {
  private static final int ROUNDS = 300_000;

  /** Where the rules change. */
  private static final int[] EDGES = {
    0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed,
    0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff
  };

  @Test
  void decodesLikeTheJdk() {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(8)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) EDGES[random.nextInt(EDGES.length)];
      }
      assertThat(Utf8.decode(bytes))
          .as(HexFormat.of().formatHex(bytes))
          .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Test
  void encodesLikeTheJdkButForLoneSurrogates() {
    String text = "a\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff";
    assertThat(Utf8.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    for (String lone : new String[] {"\ud800", "a\udc00b", "\ud800\ud800\udc00"}) {
      assertThat(new String(Utf8.encode(lone), StandardCharsets.UTF_8))
          .isEqualTo(lone.replaceAll("(?<![\ud800-\udbff])\udc00|\ud800(?!\udc00)", "\ufffd"));
    }
  }
}
