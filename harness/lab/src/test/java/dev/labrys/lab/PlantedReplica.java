package dev.labrys.lab;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Raft;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Rules;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Raft, with something wrong between it and its shell.
final class PlantedReplica implements Replica {
  private final Replica raft;
  private final Flaw flaw;

  /// What the disk has not confirmed: as Raft wanted it, whatever came of that.
  private final Deque<Effect.Persist> writes = new ArrayDeque<>();

  private PlantedReplica(Replica raft, Flaw flaw) {
    this.raft = raft;
    this.flaw = flaw;
  }

  /// What is wrong. An instance belongs to one life of one server.
  interface Flaw {

    /// What the server is told, in place of `input`.
    default Input told(Input input, Replica raft) {
      return input;
    }

    /// What the server wants done, in place of `effects`. There are as many writes as before, in
    /// the same order.
    default List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      return effects;
    }
  }

  /// A flaw that looks at each effect by itself. What becomes of it may be nothing.
  interface EffectFlaw extends Flaw {
    List<Effect> instead(Effect effect, Replica raft);

    @Override
    default List<Effect> wanted(Input input, List<Effect> effects, Replica raft) {
      List<Effect> wrong = new ArrayList<>();
      effects.forEach(effect -> wrong.addAll(instead(effect, raft)));
      return wrong;
    }
  }

  /// Servers with a flaw that is the same whatever they start with.
  static ReplicaFactory with(Supplier<Flaw> flaws) {
    return with(_ -> flaws.get());
  }

  /// Servers with a flaw made for what the disk holds.
  static ReplicaFactory with(Function<Stored, Flaw> flaws) {
    return (id, options, stored, random) ->
        new PlantedReplica(
            ReplicaFactory.RAFT.open(id, options, stored, random), flaws.apply(stored));
  }

  /// Servers each of which has rules of its own.
  static ReplicaFactory ruledBy(Supplier<Rules> rules) {
    return (id, options, stored, random) -> Raft.open(id, options, rules.get(), stored, random);
  }

  /// Servers that take for stored what they have only ordered to be.
  static ReplicaFactory hasty() {
    return (id, options, stored, random) ->
        new Hasty(ReplicaFactory.RAFT.open(id, options, stored, random));
  }

  /// Confirms writes before the disk does.
  private record Hasty(Replica raft) implements Replica {
    @Override
    public List<Effect> step(long nowNanos, Input input) {
      if (input instanceof Input.Persisted) {
        return List.of();
      }
      List<Effect> all = new ArrayList<>(raft.step(nowNanos, input));
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i) instanceof Effect.Persist write) {
          all.addAll(raft.step(nowNanos, new Input.Persisted(write)));
        }
      }
      return all;
    }

    @Override
    public Status status() {
      return raft.status();
    }

    @Override
    public LogView log() {
      return raft.log();
    }
  }

  @Override
  public List<Effect> step(long nowNanos, Input input) {
    Input original =
        input instanceof Input.Persisted ? new Input.Persisted(writes.removeFirst()) : input;
    List<Effect> effects = raft.step(nowNanos, flaw.told(original, raft));
    for (Effect effect : effects) {
      if (effect instanceof Effect.Persist write) {
        writes.addLast(write);
      }
    }
    return flaw.wanted(original, effects, raft);
  }

  @Override
  public Status status() {
    return raft.status();
  }

  @Override
  public LogView log() {
    return raft.log();
  }
}
