package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static final String HEX = "00112233445566778899aabbccddeeff";

  @Test
  void siteId_isAValueThatNobodyCanChange() {
    SiteId site = SiteId.of(HEX);
    site.bytes()[0] = 1;
    byte[] bytes = site.bytes();
    SiteId same = new SiteId(bytes);
    bytes[0] = 1;
    assertThat(same).isEqualTo(site).hasSameHashCodeAs(site).hasToString(HEX);
    assertThat(same.compareTo(site)).isZero();
  }

  @Test
  void siteId_comparesUnsigned() {
    assertThat(SiteId.of("ff" + HEX.substring(2))).isGreaterThan(SiteId.of(HEX));
  }

  @Test
  void siteId_notSixteenBytes_isRefused() {
    assertThatThrownBy(() -> new SiteId(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15");
    assertThatThrownBy(() -> SiteId.of("no")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versionVector_isAValueThatNobodyCanChange() {
    VersionVector vector = new VersionVector(new byte[] {1, 2});
    vector.bytes()[0] = 7;
    assertThat(vector)
        .isEqualTo(new VersionVector(new byte[] {1, 2}))
        .hasSameHashCodeAs(new VersionVector(new byte[] {1, 2}))
        .isNotEqualTo(VersionVector.EMPTY)
        .hasToString("0102");
  }

  @Test
  void changeset_isEqualByItsBytes() {
    Changeset changeset = new Changeset(new byte[] {1}, true);
    assertThat(changeset)
        .isEqualTo(new Changeset(new byte[] {1}, true))
        .hasSameHashCodeAs(new Changeset(new byte[] {1}, true))
        .isNotEqualTo(new Changeset(new byte[] {1}, false))
        .isNotEqualTo(new Changeset(new byte[] {2}, true))
        .hasToString("Changeset[1 bytes, last]");
  }

  @Test
  void fingerprint_isTheSameInAnyCase() {
    assertThat(new Fingerprint(HEX.toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(new Fingerprint(HEX))
        .hasToString(HEX);
    assertThatThrownBy(() -> new Fingerprint("0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "'", "'a", "X'0'", "X'00", "CAST(X'00'", "1|", "'a'b", "'a'|", "NULL"})
  void key_thatIsNoLiteral_isRefused(String pk) {
    assertThatThrownBy(() -> Literals.key(pk)).isInstanceOf(IllegalArgumentException.class);
  }
}
