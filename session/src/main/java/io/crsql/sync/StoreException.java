package io.crsql.sync;

/** A {@link Store} could not do what it was asked; the message is a sentence for the user. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean refusal;

  private StoreException(String message, boolean refusal, Throwable cause) {
    super(message, cause);
    this.refusal = refusal;
  }

  /** What was asked is refused, and will be if it is asked again. */
  public static StoreException refusal(String message, Throwable cause) {
    return new StoreException(message, true, cause);
  }

  /** The database cannot do it now: it is locked, or its disk is full. */
  public static StoreException unavailable(String message, Throwable cause) {
    return new StoreException(message, false, cause);
  }

  /** Whether asking again is of no use. */
  public boolean isRefusal() {
    return refusal;
  }
}
