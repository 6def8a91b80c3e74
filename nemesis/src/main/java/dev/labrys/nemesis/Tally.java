package dev.labrys.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Waits for several things to be done.
final class Tally {
  private final List<String> failures = new ArrayList<>();
  private final Consumer<List<String>> then;
  private int missing = 1;

  /// @param then told what failed, once it is [closed][#close] and all is done
  Tally(Consumer<List<String>> then) {
    this.then = then;
  }

  /// Waits for one thing more, whose result is to be told to what this returns.
  Consumer<Optional<Exception>> expect(String what) {
    missing++;
    return failure -> {
      failure.ifPresent(cause -> failures.add("%s: %s".formatted(what, cause.getMessage())));
      close();
    };
  }

  void close() {
    missing--;
    if (missing == 0) {
      then.accept(List.copyOf(failures));
    }
  }
}
