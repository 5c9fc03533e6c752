package io.crsql.sync.drop;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment file, by which segments sort such that none comes before what it builds on,
 * as far as its writer had seen.
 *
 * @param counter one more than the greatest that its writer had seen
 * @param site its writer, in hexadecimal digits
 * @param check the last 16 bytes of the file, in hexadecimal digits
 */
record SegmentName(long counter, String site, String check) implements Comparable<SegmentName> {
  /** The greatest that 16 digits can hold. */
  static final long MAX_COUNTER = 9_999_999_999_999_999L;

  private static final Pattern FORM =
      Pattern.compile("([0-9]{16})-([0-9a-f]{32})-([0-9a-f]{32})\\.crsq");
  private static final Comparator<SegmentName> ORDER =
      Comparator.comparingLong(SegmentName::counter)
          .thenComparing(SegmentName::site)
          .thenComparing(SegmentName::check);

  /** What a file's name says; empty if it is none of a segment. */
  static Optional<SegmentName> of(String file) {
    Matcher matcher = FORM.matcher(file);
    return matcher.matches()
        ? Optional.of(
            new SegmentName(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  String file() {
    return String.format("%016d-%s-%s.crsq", counter, site, check);
  }

  @Override
  public int compareTo(SegmentName other) {
    return ORDER.compare(this, other);
  }
}
