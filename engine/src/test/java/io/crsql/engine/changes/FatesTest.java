package io.crsql.engine.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FatesTest {
  @Test
  void find_givesWhatWasPutLast() {
    Random random = new Random(5);
    Map<Long, Long> model = new HashMap<>();
    Fates fates = new Fates();
    for (int i = 0; i < 50_000; i++) {
      long at = 1 + random.nextInt(20_000);
      long cols = random.nextLong();
      fates.put(at, cols);
      model.put(at, cols);
    }
    for (long at = 1; at <= 20_001; at++) {
      assertThat(fates.find(at)).isEqualTo(model.containsKey(at));
      if (model.containsKey(at)) {
        assertThat(fates.cols()).isEqualTo(model.get(at));
      }
    }
  }
}
