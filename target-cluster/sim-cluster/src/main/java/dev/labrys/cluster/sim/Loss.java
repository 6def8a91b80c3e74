package dev.labrys.cluster.sim;

/// Why a message does not arrive.
public enum Loss {
  /// The link was cut when it was sent, or when it would have arrived.
  CUT("cut"),
  /// The [Courier] did not carry it.
  WEATHER("lost"),
  /// Its receiver was down, or went down before it was there.
  RECEIVER_ENDED("receiver down"),
  /// Its receiver is paused, and has too many waiting already.
  RECEIVER_FULL("receiver full");

  private final String words;

  Loss(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
