package dev.labrys.workload;

/// Which objects there are at a time, and for how long.
///
/// What a checker has to think about is one object's history at a time: how long it is, how many
/// overlap, how many have unknown outcomes. A plan bounds all three.
///
/// @param keys how many objects a client chooses from
/// @param clientsPerKey how many clients share them
/// @param actionsPerKey after how many actions an object is left alone, and a new one taken
/// @param lifeNanos after how long the same is done: a client that waits long for each answer, and
///   gets none, leaves few unknown outcomes with one object
/// @param most how many objects there are in all; after that, the first are taken again
/// @param skew which object is chosen how often
public record KeyPlan(
    int keys, int clientsPerKey, int actionsPerKey, long lifeNanos, int most, Skew skew) {

  /// [#clientsPerKey] of objects that all clients share, and [#most] of as many as it takes.
  public static final int ALL = Integer.MAX_VALUE;

  public KeyPlan {
    if (keys < 1 || clientsPerKey < 1 || actionsPerKey < 1 || lifeNanos < 1 || most < 1) {
      throw new IllegalArgumentException(
          "keys %d, clients per key %d, actions per key %d, life %d and most %d must be at least 1"
              .formatted(keys, clientsPerKey, actionsPerKey, lifeNanos, most));
    }
  }

  /// New objects whenever one has had its actions, all chosen as often.
  public static KeyPlan of(int keys, int clientsPerKey, int actionsPerKey) {
    return new KeyPlan(keys, clientsPerKey, actionsPerKey, Long.MAX_VALUE, ALL, Skew.NONE);
  }

  /// One object for all, for ever.
  public static KeyPlan one() {
    return of(1, ALL, ALL);
  }

  public KeyPlan withSkew(Skew changed) {
    return new KeyPlan(keys, clientsPerKey, actionsPerKey, lifeNanos, most, changed);
  }

  public KeyPlan withLife(long changedNanos) {
    return new KeyPlan(keys, clientsPerKey, actionsPerKey, changedNanos, most, skew);
  }

  public KeyPlan withMost(int changed) {
    return new KeyPlan(keys, clientsPerKey, actionsPerKey, lifeNanos, changed, skew);
  }
}
