package io.crsql.host.web;

/** The flyweights of one running callback. They are pooled, for callbacks are many, and nest. */
final class Call {
  private static Call free;

  final Arguments arguments = new Arguments();
  final ContextResult result = new ContextResult();
  private Call next;

  private Call() {}

  static Call begin() {
    Call call = free;
    if (call == null) {
      return new Call();
    }
    free = call.next;
    return call;
  }

  /** Makes uses after the end fail instead of reading what is no longer there. */
  void end() {
    arguments.clear();
    result.clear();
    next = free;
    free = this;
  }
}
