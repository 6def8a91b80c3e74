package dev.labrys.liveness;

import java.util.OptionalLong;

/// An operation that a client asked of the healthy nodes.
///
/// @param nanos when
/// @param end what it was told
public record Asked(long nanos, End end) {

  /// What a client was told.
  public sealed interface End {

    /// When it was told that it is done; empty if it was not.
    default OptionalLong doneNanos() {
      return this instanceof Done(long nanos) ? OptionalLong.of(nanos) : OptionalLong.empty();
    }
  }

  /// That it is done.
  public record Done(long nanos) implements End {}

  /// That it is not done, or that nobody knows: the client goes on.
  public record Refused(long nanos) implements End {}

  /// Nothing.
  public record Pending() implements End {}

  boolean isDone() {
    return end instanceof Done;
  }

  boolean isPending() {
    return end instanceof Pending;
  }
}
