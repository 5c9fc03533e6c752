package io.crsql.sync;

/**
 * How a session has ended.
 *
 * @param code why
 * @param message a sentence for the user
 * @param byPeer whether the other side has ended it
 */
public record Closing(CloseCode code, String message, boolean byPeer) {}
