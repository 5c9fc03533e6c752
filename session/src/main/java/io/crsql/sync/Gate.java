package io.crsql.sync;

/** Decides whom an accepting {@link SyncSession} lets in. */
@FunctionalInterface
public interface Gate {
  /**
   * What the holder of a token may do.
   *
   * @param token what the peer has shown, at most {@value SyncSession#MAX_TOKEN_BYTES} bytes of
   *     UTF-8, never null; implementations compare it in constant time
   * @return {@link Access#NONE} if it may do nothing
   */
  Access admit(String token);
}
