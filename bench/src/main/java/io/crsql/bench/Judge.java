package io.crsql.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells what has become much slower than recorded. A ratio to plain SQLite hardly depends on the
 * machine and a little on the number of rows, so twice the recorded one is no accident.
 */
final class Judge {
  private static final double TOLERANCE = 2;

  private final Results recorded;

  Judge(Results recorded) {
    this.recorded = recorded;
  }

  /**
   * A sentence for each ratio that is more than twice the recorded one. What takes no longer than
   * plain SQLite is fine: costs that do not grow with the rows would tell there.
   */
  List<String> worse(Results measured) {
    List<String> worse = new ArrayList<>();
    for (Work work : measured.works()) {
      Optional<Double> now = work.ratio(Work.CRSQL);
      Optional<Double> then =
          recorded.works(work.name(), work.key()).stream()
              .findFirst()
              .flatMap(before -> before.ratio(Work.CRSQL));
      if (now.isPresent() && then.isPresent() && isWorse(now.get(), then.get())) {
        worse.add(
            "%s, %s key: %s times plain SQLite, where %s is recorded"
                .formatted(
                    Names.of(work.name()),
                    work.key(),
                    Names.ratio(now.get()),
                    Names.ratio(then.get())));
      }
    }
    return worse;
  }

  private static boolean isWorse(double now, double then) {
    return now > TOLERANCE * then && now > 1;
  }
}
