package io.crsql.sync.drop;

import java.util.List;

/**
 * What an exchange with a folder has done.
 *
 * @param received how many files were applied
 * @param rows how many of their rows were new here
 * @param sent how many files were written
 * @param deleted how many files were deleted, as compaction does
 * @param waiting how many files build on others that are not there yet
 * @param problems what is wrong with other files, which were left alone
 */
public record DropResult(
    int received, long rows, int sent, int deleted, int waiting, List<Problem> problems) {
  /** The list is copied. */
  public DropResult {
    problems = List.copyOf(problems);
  }

  /** Whether anything was received, sent or deleted. */
  public boolean moved() {
    return received + sent + deleted > 0;
  }

  /** Whether all that the folder holds is here now. */
  public boolean isUpToDate() {
    return waiting == 0 && problems.isEmpty();
  }

  /**
   * What is wrong with a file, for now at least: one that is being copied is damaged until it is
   * whole.
   *
   * @param file its name in the folder
   * @param message what follows the name in a sentence, as in "is damaged"
   */
  public record Problem(String file, String message) {}
}
