package dev.labrys.workload;

import dev.labrys.cluster.Action;
import dev.labrys.history.Value;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What clients do in a run, and what their history is to be checked against.
///
/// @param name the name users know it by
/// @param model the name of the model that judges the history
/// @param load what clients do while faults come and go
/// @param closing what clients do once everything is healed: the reads that show what was lost
public record Workload(String name, String model, Generator load, Generator closing) {

  /// Reads, writes and compare-and-sets on `keys` registers whose values are below `values`: small
  /// enough that most compare-and-sets have a chance. Each key is read once at the end.
  public static Workload casRegister(int keys, int values) {
    if (keys < 1 || values < 1) {
      throw new IllegalArgumentException(
          "keys and values must be at least 1, not %d and %d".formatted(keys, values));
    }
    Generator load =
        Generator.mix(
            List.of(
                new Generator.Weighted(2, Generator.always(random -> read(draw(random, keys)))),
                new Generator.Weighted(
                    1,
                    Generator.always(random ->
                        new Action(
                            "cas-register", "write", draw(random, keys), draw(random, values)))),
                new Generator.Weighted(
                    1,
                    Generator.always(random ->
                        new Action(
                            "cas-register",
                            "cas",
                            draw(random, keys),
                            Value.sequence(draw(random, values), draw(random, values)))))));
    List<Action> reads = IntStream.range(0, keys).mapToObj(key -> read(Value.of(key))).toList();
    return new Workload("cas-register", "cas-register", load, Generator.each(reads));
  }

  private static Action read(Value key) {
    return new Action("cas-register", "read", key, Value.nil());
  }

  private static Value draw(RandomGenerator random, int bound) {
    return Value.of(random.nextInt(bound));
  }

  /// The whole run: `load` until `loadNanos`, then, when every operation is over, `closing`.
  public Generator generator(long loadNanos) {
    return Generator.phases(List.of(load.until(loadNanos), closing));
  }
}
