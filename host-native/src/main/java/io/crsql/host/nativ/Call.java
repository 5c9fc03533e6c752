package io.crsql.host.nativ;

import org.teavm.interop.StaticInit;

/**
 * The flyweights of one running callback. They are pooled, for a callback must not allocate; not by
 * depth of nesting, for other threads' callbacks may begin and end while this one is outside the
 * lock.
 */
@StaticInit
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
    call.next = null;
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
