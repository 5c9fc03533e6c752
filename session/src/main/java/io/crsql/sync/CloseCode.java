package io.crsql.sync;

/** Why a session has ended; the numbers are those of docs/sync-protocol.md. */
public enum CloseCode {
  /** It was closed because one side had no more use for it. */
  DONE(0, false),
  /** The other side stops, and can be reached again later. */
  GOING_AWAY(1, true),
  /** A frame was malformed, or came when it must not. */
  PROTOCOL(2, true),
  /** The two sides have no version of the protocol in common. */
  VERSION(3, false),
  /** The token is not known, or gives no access to this database. */
  TOKEN(4, false),
  /** A side did what its token does not allow. */
  FORBIDDEN(5, false),
  /** Something is larger than the other side takes. */
  LIMIT(6, false),
  /** A database has refused a changeset or vector. */
  REFUSED(7, false),
  /** A database cannot be read or written at present. */
  UNAVAILABLE(8, true),
  /** A side was silent, or did not read, for too long. */
  SILENT(9, true),
  /** The server has as many connections as it can serve. */
  OVERLOADED(10, true);

  private final int number;
  private final boolean retry;

  CloseCode(int number, boolean retry) {
    this.number = number;
    this.retry = retry;
  }

  /** Whether connecting again may help although nobody has changed anything. */
  public boolean retry() {
    return retry;
  }

  int number() {
    return number;
  }

  static CloseCode of(long number) {
    for (CloseCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    throw new ProtocolException("the close code is " + number);
  }
}
