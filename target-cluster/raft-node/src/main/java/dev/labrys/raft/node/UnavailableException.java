package dev.labrys.raft.node;

import java.nio.channels.UnresolvedAddressException;

/// Thrown if something is not to be had that a node needs: a port, or its data folder. The message
/// says in a line what, why, and what helps.
final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  static UnavailableException port(Setting setting, HostPort wanted, Exception refused) {
    String why =
        refused instanceof UnresolvedAddressException
            ? "nobody knows the host"
            : String.valueOf(refused.getMessage());
    return new UnavailableException(
        "can't listen at %s: %s; choose another address with --%s, or port 0 for any that is free"
            .formatted(wanted, why, setting.word()),
        refused);
  }
}
