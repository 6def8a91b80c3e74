package dev.labrys.lab;

import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Effect;
import dev.labrys.raft.HardState;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Message;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Snapshot;
import dev.labrys.raft.Status;
import dev.labrys.raft.Stored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// Servers with one thing wrong each, which the tests of the labs have to find.
enum Mutant {
  /// Nothing is wrong.
  NONE(ReplicaFactory.RAFT),
  /// Nobody votes for anybody else.
  NEVER_VOTES(
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          return false;
        }
      }),
  /// A single vote elects.
  ELECTED_BY_ITSELF(
      new Rules() {
        @Override
        public boolean isElected(Configuration configuration, Predicate<ServerId> hasVotedForMe) {
          return true;
        }
      }),
  /// Every server stands at the same time as the others.
  SAME_TIMEOUT(
      new Rules() {
        @Override
        public long electionTimeoutNanos(RaftOptions options, RandomGenerator random) {
          return options.electionMinNanos();
        }
      }),
  /// What the leader has is committed.
  COMMITS_WITHOUT_MAJORITY(
      new Rules() {
        @Override
        public long replicated(Configuration configuration, ToLongFunction<ServerId> matchIndex) {
          long most = 0;
          for (ServerId voter : configuration.voters()) {
            most = Math.max(most, matchIndex.applyAsLong(voter));
          }
          return most;
        }
      }),
  /// Copies of entries of older terms are counted (Figure 8).
  COMMITS_OLD_TERMS(
      new Rules() {
        @Override
        public long leaderCommit(long commitIndex, long replicated, LogView log, long term) {
          return Math.max(commitIndex, replicated);
        }
      }),
  /// A shorter log is good enough to lead.
  VOTES_FOR_ANY_LOG(
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          return mine.votedFor().equals(ServerId.NOBODY) || mine.votedFor().equals(candidate);
        }
      }),
  /// The leader goes back one entry per refusal.
  BACKS_UP_ONE_BY_ONE(
      new Rules() {
        @Override
        public long nextIndex(LogView log, long previousIndex, Message.Conflict conflict) {
          return previousIndex;
        }
      }),
  /// A server that starts has the log of the last snapshot.
  FORGETS_ITS_LOG((id, options, stored, random) ->
      ReplicaFactory.RAFT.open(
          id, options, new Stored(stored.state(), stored.snapshot(), List.of()), random)),
  /// A server that starts has no snapshot, and no log.
  FORGETS_ITS_SNAPSHOT((id, options, stored, random) ->
      ReplicaFactory.RAFT.open(
          id,
          options,
          new Stored(
              stored.state(), Snapshot.initial(stored.snapshot().configuration()), List.of()),
          random)),
  /// Nothing waits for the disk.
  ANSWERS_BEFORE_IT_WRITES((_, effects) -> {
    List<Effect> hasty = new ArrayList<>();
    effects.stream().filter(effect -> !(effect instanceof Effect.Persist)).forEach(hasty::add);
    effects.stream().filter(effect -> effect instanceof Effect.Persist).forEach(hasty::add);
    return hasty;
  }),
  /// Every message is sent five times.
  SENDS_TOO_OFTEN((_, effects) -> {
    List<Effect> more = new ArrayList<>();
    for (Effect effect : effects) {
      boolean isSent = effect instanceof Effect.Send || effect instanceof Effect.SendAtOnce;
      more.addAll(Collections.nCopies(isSent ? 5 : 1, effect));
    }
    return more;
  }),
  /// A command has to wait for the next heartbeat.
  REPLICATES_BY_HEARTBEAT((input, effects) ->
      input instanceof Input.Proposed
          ? effects.stream().filter(effect -> !(effect instanceof Effect.SendAtOnce)).toList()
          : effects),
  /// The state machine is given each entry twice.
  APPLIES_TWICE((_, effects) -> {
    List<Effect> more = new ArrayList<>();
    for (Effect effect : effects) {
      more.addAll(Collections.nCopies(effect instanceof Effect.Apply ? 2 : 1, effect));
    }
    return more;
  }),
  /// Nobody is sent a snapshot.
  KEEPS_SNAPSHOTS_TO_ITSELF(
      (_, effects) -> effects.stream().filter(effect -> !isSnapshotSent(effect)).toList()),
  /// No log gets shorter.
  IGNORES_SNAPSHOTS((id, options, stored, random) ->
      new Deaf(ReplicaFactory.RAFT.open(id, options, stored, random)));

  // Whoever makes servers keeps nothing.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ReplicaFactory factory;

  Mutant(Rules rules) {
    this(ReplicaFactory.withRules(rules));
  }

  Mutant(Alteration alteration) {
    this((id, options, stored, random) ->
        new Altered(ReplicaFactory.RAFT.open(id, options, stored, random), alteration));
  }

  Mutant(ReplicaFactory factory) {
    this.factory = factory;
  }

  ReplicaFactory factory() {
    return factory;
  }

  private static boolean isSnapshotSent(Effect effect) {
    return switch (effect) {
      case Effect.Send(_, Message message) -> message instanceof Message.InstallSnapshot;
      case Effect.SendAtOnce(_, Message message) -> message instanceof Message.InstallSnapshot;
      default -> false;
    };
  }

  /// Changes what a server wants done.
  private interface Alteration {
    List<Effect> alter(Input input, List<Effect> effects);
  }

  private record Deaf(Replica inside) implements Replica {
    @Override
    public List<Effect> step(long nowNanos, Input input) {
      return input instanceof Input.SnapshotTaken ? List.of() : inside.step(nowNanos, input);
    }

    @Override
    public Status status() {
      return inside.status();
    }

    @Override
    public LogView log() {
      return inside.log();
    }
  }

  private record Altered(Replica inside, Alteration alteration) implements Replica {
    @Override
    public List<Effect> step(long nowNanos, Input input) {
      return alteration.alter(input, inside.step(nowNanos, input));
    }

    @Override
    public Status status() {
      return inside.status();
    }

    @Override
    public LogView log() {
      return inside.log();
    }
  }
}
