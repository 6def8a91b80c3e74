package dev.labrys.cluster;

import java.io.IOException;

/// What is done to each of many, where one that fails keeps no other from its turn.
public final class Attempts {

  private Attempts() {}

  /// What is done to one of them.
  @FunctionalInterface
  public interface Attempt<T> {
    void make(T each) throws IOException;
  }

  /// Makes an attempt at each of `all`, in order.
  ///
  /// @throws IOException the first failure, which carries the others
  public static <T> void forEach(Iterable<? extends T> all, Attempt<T> attempt) throws IOException {
    IOException failure = null;
    for (T each : all) {
      try {
        attempt.make(each);
      } catch (IOException failed) {
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
