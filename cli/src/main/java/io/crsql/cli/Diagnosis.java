package io.crsql.cli;

import java.sql.SQLException;

/** The checks of a doctor, printed a line each as they are done. */
final class Diagnosis {
  private final Page page;
  private int problems;
  private int warnings;

  Diagnosis(Page page) {
    this.page = page;
  }

  void ok(String subject, String what) {
    line(page.good("ok     "), subject, what);
  }

  /** Something that works, but that its user may not want; {@code what} ends with what to do. */
  void warning(String subject, String what) {
    warnings++;
    line(page.doubtful("warning"), subject, what);
  }

  /** Something that does not work; {@code what} ends with what to do. */
  void problem(String subject, String what) {
    problems++;
    line(page.bad("problem"), subject, what);
  }

  private void line(String level, String subject, String what) {
    page.line(level + "  " + String.format("%-11s", subject) + "  " + Words.visible(what));
  }

  /** Runs checks; that they cannot be run is a problem too. */
  void attempt(String subject, Database.Work checks) {
    try {
      checks.run();
    } catch (SQLException | Failure e) {
      problem(subject, Verification.damage(e).orElseGet(() -> Errors.message(e)));
    }
  }

  /** Prints the sum of it. */
  void conclude() {
    page.line("");
    page.line(Words.count(problems, "problem") + ", " + Words.count(warnings, "warning"));
  }

  boolean hasProblem() {
    return problems > 0;
  }
}
