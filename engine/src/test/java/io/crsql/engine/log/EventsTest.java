package io.crsql.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventsTest {
  @Test
  void encode_writesZigzagDifferences() {
    long[] ats = {1, 3, 2, 200, 1L << 52};
    assertThat(HexFormat.of().withUpperCase().formatHex(Events.encode(ats)))
        .isEqualTo("0204018C03F0FCFFFFFFFFFF0F");
    assertThat(Events.decode(Events.encode(ats))).containsExactly(ats);
  }

  @Test
  void decode_givesBackWhatWasEncoded() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      long[] ats = new long[2 + random.nextInt(6)];
      for (int k = 0; k < ats.length; k++) {
        ats[k] = random.nextLong() >>> (1 + random.nextInt(60));
      }
      assertThat(Events.decode(Events.encode(ats))).containsExactly(ats);
    }
  }

  @Test
  void decode_refusesWhatIsCutShort() {
    assertThatThrownBy(() -> Events.decode(new byte[] {2, (byte) 0x80}))
        .hasMessage("crsql: a row index is damaged; call crsql_verify()");
  }
}
