package dev.labrys.workload;

import dev.labrys.cluster.Action;
import java.util.List;
import java.util.random.RandomGenerator;

/// What clients do with an object, and how they look at it in the end.
public interface KeyedScript {

  /// The next action on an object.
  Action next(Turn turn, RandomGenerator random);

  /// What is done with an object once everything is healed.
  List<Action> closing(long key);

  /// What a script may know.
  ///
  /// @param key the number of the object
  /// @param round how many actions it has had since it was last taken
  /// @param unique a number that no other turn has
  /// @param context of the client
  record Turn(long key, int round, long unique, Context context) {}
}
