package io.crsql.engine.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.crsql.fuzz.Holder;

/** Any text is a cid or refused, and a cid is printed so that it is read as the same. */
class CidFuzzTest {
  @FuzzTest
  void cid(byte[] text) {
    Holder given = new Holder(1);
    given.bindTextBytes(1, text);
    Cid cid = Cid.read(given, 0);
    if (cid == null) {
      return;
    }
    String base = cid.number() == Cid.NAMED ? cid.base() : Long.toString(cid.number());
    Holder printed = new Holder(1);
    printed.bindText(1, cid.life() == 1 ? base : base + "@" + cid.life());
    assertThat(Cid.read(printed, 0)).isEqualTo(cid);
  }
}
