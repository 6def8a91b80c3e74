package dev.labrys.cluster.sim;

/// An observer that tells in lines what happens.
public final class Trace implements Observer {

  private Trace() {}

  /// A trace into `sink`.
  public static Trace to(TraceSink sink) {
    throw new UnsupportedOperationException();
  }
}
