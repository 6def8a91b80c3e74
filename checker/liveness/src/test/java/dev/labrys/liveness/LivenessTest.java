package dev.labrys.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.raft.Effect;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each way in which a cluster does not get on is told by its name.
final class LivenessTest {
  private static final int SEEDS = 20;
  private static final int OPERATIONS = 3;

  private static final int MANY = 100;

  /// More than can be done in time: what keeps the cluster has to be named.
  private static final int TOO_MANY = 10_000;

  /// Raft without what keeps one node from disturbing the others.
  private static final RaftOptions BARE =
      RaftOptions.parse(List.of("pre-vote=false", "check-quorum=false"));

  /// Nobody votes for others.
  private static final Rules STUBBORN =
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          return false;
        }
      };

  /// Nothing is ever committed.
  private static final Rules HESITANT =
      new Rules() {
        @Override
        public long leaderCommit(long commitIndex, long replicated, LogView log, long term) {
          return commitIndex;
        }
      };

  /// Nobody's timer ever fires.
  @Test
  void noLeader() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Scene scene =
          new Scene(
              3,
              RaftOptions.DEFAULTS,
              EditedReplica.factory((_, effect) ->
                  effect instanceof Effect.SetTimer ? Optional.empty() : Optional.of(effect)),
              seed);

      assertThat(failure(scene.judge(OPERATIONS))).isEqualTo(LivenessFailure.NO_LEADER);
    }
  }

  @Test
  void electionLivelock() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Scene scene = new Scene(3, BARE, ReplicaFactory.withRules(STUBBORN), seed);

      assertThat(failure(scene.judge(OPERATIONS))).isEqualTo(LivenessFailure.ELECTION_LIVELOCK);
    }
  }

  /// Followers that are heard, and hear no leader, stand again and again. By chance, a leader may
  /// last all the same.
  @ParameterizedTest
  @EnumSource(names = {"DEAF", "CHAINED"})
  void deposedByAnOutsider(Minority minority) {
    List<LivenessFailure> failures = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      failures.add(failure(judge(BARE, minority, seed, TOO_MANY)));
    }

    assertThat(failures)
        .filteredOn(LivenessFailure.DEPOSED_BY_OUTSIDER::equals)
        .hasSizeGreaterThanOrEqualTo(SEEDS - 1);
  }

  /// Nobody hears them; or who does is elected in the end, and then they hear a leader.
  @ParameterizedTest
  @EnumSource(names = {"CUT_OFF", "UNHEARD", "BRIDGED"})
  void outsidersWhoDeposeNobodyForLong(Minority minority) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(judge(BARE, minority, seed, MANY)).isInstanceOf(LivenessVerdict.Fine.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void preVoteAndCheckQuorumKeepOutsidersOut(Minority minority) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(judge(RaftOptions.DEFAULTS, minority, seed, MANY))
          .isInstanceOf(LivenessVerdict.Fine.class);
    }
  }

  /// Five of whom two are no leaders, and cut off.
  private static LivenessVerdict judge(
      RaftOptions raft, Minority minority, int seed, int operations) {
    Scene scene = new Scene(5, raft, ReplicaFactory.RAFT, seed);
    NodeId leader = scene.settle();
    List<NodeId> nodes = new ArrayList<>(others(scene, leader));
    nodes.add(leader);
    scene.cutOff(minority, nodes);
    return scene.judge(operations);
  }

  /// A leader that is heard and does not hear leads on, to nobody's good.
  @Test
  void noLeaderAsAnOutsiderLeads() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Scene scene = new Scene(3, BARE, ReplicaFactory.RAFT, seed);
      NodeId leader = scene.settle();
      deafen(scene, leader);

      LivenessVerdict verdict = scene.judge(OPERATIONS);

      assertThat(failure(verdict)).isEqualTo(LivenessFailure.NO_LEADER);
      assertThat(verdict.toString()).contains(leader + ", which is cut off, leads on");
    }
  }

  private static List<NodeId> others(Scene scene, NodeId node) {
    return scene.cluster.nodes().stream().filter(each -> !each.equals(node)).toList();
  }

  private static void deafen(Scene scene, NodeId deaf) {
    List<NodeId> rest = others(scene, deaf);
    scene.cut(rest.stream().map(each -> Way.between(each, deaf)).toArray(Way[]::new));
    scene.healthy(rest.toArray(NodeId[]::new));
  }

  @Test
  void aLeaderWithoutCommit() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Scene scene = new Scene(3, RaftOptions.DEFAULTS, ReplicaFactory.withRules(HESITANT), seed);

      LivenessVerdict verdict = scene.judge(OPERATIONS);

      assertThat(failure(verdict)).isEqualTo(LivenessFailure.LEADER_WITHOUT_COMMIT);
      assertThat(verdict.toString()).contains("its own entries find no majority");
    }
  }

  @Test
  void aCommitWithoutApply() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Scene scene =
          new Scene(
              3,
              RaftOptions.DEFAULTS,
              EditedReplica.factory((id, effect) ->
                  effect instanceof Effect.Apply && id.number() == 2
                      ? Optional.empty()
                      : Optional.of(effect)),
              seed);

      LivenessVerdict verdict = scene.judge(OPERATIONS);

      assertThat(failure(verdict)).isEqualTo(LivenessFailure.COMMIT_WITHOUT_APPLY);
      assertThat(verdict.toString()).contains("n2 has applied no more than entry 0");
    }
  }

  @Test
  void aClientThatIsStuck() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      Scene scene =
          new Scene(
              3, RaftOptions.DEFAULTS, EditedReplica.factory((_, effect) -> mute(effect)), seed);

      assertThat(failure(scene.judge(OPERATIONS))).isEqualTo(LivenessFailure.CLIENT_STUCK);
    }
  }

  private static Optional<Effect> mute(Effect effect) {
    return Optional.of(
        effect instanceof Effect.Apply apply
            ? new Effect.Apply(apply.entry(), RequestId.NOBODY)
            : effect);
  }

  @Test
  void whatWasNotSeenIsNotHeldAgainstIt() {
    Scene scene = new Scene(3, BARE, ReplicaFactory.withRules(STUBBORN), 1);
    Demand demand = Demand.of(new TreeSet<>(scene.cluster.nodes()), 0, 800 * Scene.MILLI, 10);

    List<Glimpse> few = List.of(scene.glimpse());

    assertThat(Liveness.judge(demand, few, List.of()))
        .isInstanceOf(LivenessVerdict.Undecided.class);
  }

  @Test
  void aSlowNetworkIsFine() {
    Scene scene = new Scene(3, RaftOptions.DEFAULTS, ReplicaFactory.RAFT, 1);
    Map<Way, Passage> late = new HashMap<>();
    for (Way way : Scene.between(scene.cluster.nodes(), scene.cluster.nodes())) {
      late.put(way, new Passage.Late(60 * Scene.MILLI, 40 * Scene.MILLI));
    }
    scene.cluster.network(late);

    assertThat(scene.judge(OPERATIONS)).isInstanceOf(LivenessVerdict.Fine.class);
  }

  private static LivenessFailure failure(LivenessVerdict verdict) {
    assertThat(verdict).isInstanceOf(LivenessVerdict.Violated.class);
    return ((LivenessVerdict.Violated) verdict).failure();
  }
}
