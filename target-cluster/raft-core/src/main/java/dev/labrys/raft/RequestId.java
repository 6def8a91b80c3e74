package dev.labrys.raft;

/// A request that waits at one server for its answer, numbered by that server's shell from 1.
///
/// The number means nothing elsewhere, and nothing after a restart.
public record RequestId(long number) {

  /// Nobody waits.
  public static final RequestId NOBODY = new RequestId(0);

  public RequestId {
    if (number < 0) {
      throw new IllegalArgumentException("requests are numbered from 1, not " + number);
    }
  }

  @Override
  public String toString() {
    return "#" + number;
  }
}
