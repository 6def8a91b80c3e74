package dev.labrys.cluster.sim;

import org.jspecify.annotations.Nullable;

/// Something that planned events happen to.
@FunctionalInterface
interface Actor {

  /// What was planned is due. What the arguments mean is the business of whoever planned it.
  void act(long argument, @Nullable Object object);
}
