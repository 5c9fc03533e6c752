package io.crsql.conformance.random;

import java.util.List;

/** How a replica takes several changes. */
enum Delivery {
  ONE_BY_ONE("one by one"),
  IN_TRANSACTION("in a transaction"),
  ROLLED_BACK("in a transaction that is rolled back");

  private final String text;

  Delivery(String text) {
    this.text = text;
  }

  /**
   * Delivers.
   *
   * @param checkEvery after how many changes the replica is checked in between; 0 for never
   * @return whether the changes were kept
   */
  boolean give(List<Message> messages, Peer to, boolean byName, int checkEvery) {
    return around(
        to,
        () -> {
          int delivered = 0;
          for (Message message : messages) {
            to.receive(message, byName);
            delivered++;
            if (checkEvery > 0 && delivered % checkEvery == 0) {
              to.check();
            }
          }
        });
  }

  /**
   * Delivers.
   *
   * @param all what is to be done
   * @return whether it was kept
   */
  boolean around(Peer to, Runnable all) {
    boolean ownTransaction = this != ONE_BY_ONE && !to.inTransaction();
    if (ownTransaction) {
      to.begin();
    }
    all.run();
    if (ownTransaction && this == ROLLED_BACK) {
      to.rollback();
      return false;
    } else if (ownTransaction) {
      to.commit();
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
