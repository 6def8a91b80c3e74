package dev.labrys.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.history.Seed;
import dev.labrys.raft.RaftOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A right Raft is accused of nothing, whatever else is going on. `-Dliveness.runs=10000` for as
/// many runs in all.
@Timeout(3_600)
final class FalseAlarmTest {
  private static final int RUNS = Integer.getInteger("liveness.runs", 500);
  private static final int RUNS_OF_EACH =
      Math.ceilDiv(RUNS, Strange.values().length + Minority.values().length);
  private static final int OPERATIONS = 3;

  /// What is strange about a run, and not wrong.
  enum Strange {
    /// Two lead: one of an older term that nobody hears, and that hears nobody.
    TWO_LEADERS,
    /// Messages are late, each by another time.
    SLOW_NETWORK,
    /// A leader that hears nobody steps down by itself.
    STEPS_DOWN,
    /// The whole machine stands still, with whoever looks at it.
    STALLED_HOST,
    /// A leader has entries that nobody else has, and then comes back.
    DIVERGENT_TAIL
  }

  @ParameterizedTest
  @EnumSource(Strange.class)
  void aRightRaftIsFine(Strange strange) {
    for (int run = 1; run <= RUNS_OF_EACH; run++) {
      assertThat(play(strange, run)).as("run %d", run).isInstanceOf(LivenessVerdict.Fine.class);
    }
  }

  private static LivenessVerdict play(Strange strange, long number) {
    RandomGenerator random = new Seed(number).stream(strange.name());
    RaftOptions raft =
        strange == Strange.TWO_LEADERS
            ? RaftOptions.parse(List.of("check-quorum=false"))
            : RaftOptions.DEFAULTS;
    Scene scene = new Scene(random.nextBoolean() ? 5 : 3, raft, ReplicaFactory.RAFT, number);
    NodeId leader = scene.settle();
    return switch (strange) {
      case TWO_LEADERS, STEPS_DOWN -> {
        isolate(scene, leader);
        yield scene.judge(OPERATIONS);
      }
      case SLOW_NETWORK -> {
        slow(scene, random);
        yield scene.judge(OPERATIONS);
      }
      case STALLED_HOST -> scene.judge(20, () -> standStill(scene, random));
      case DIVERGENT_TAIL -> {
        diverge(scene, leader, random);
        yield scene.judge(OPERATIONS);
      }
    };
  }

  /// Whatever a minority does that is cut off for good, and however; a random one, as long as
  /// nobody of it leads with the help of one of the rest.
  @ParameterizedTest
  @EnumSource(Minority.class)
  void aRightMajorityIsFine(Minority minority) {
    for (int run = 1; run <= RUNS_OF_EACH; run++) {
      RandomGenerator random = new Seed(run).stream(minority.name());
      Scene scene =
          new Scene(3 + 2 * random.nextInt(3), RaftOptions.DEFAULTS, ReplicaFactory.RAFT, run);
      cut(scene, minority, scene.settle(), random);

      assertThat(scene.judge(OPERATIONS))
          .as("run %d", run)
          .isInstanceOf(LivenessVerdict.Fine.class);
    }
  }

  private static void isolate(Scene scene, NodeId node) {
    List<NodeId> rest = without(scene, node);
    scene.cut(Scene.between(List.of(node), rest).toArray(Way[]::new));
    scene.healthy(rest.toArray(NodeId[]::new));
  }

  private static List<NodeId> without(Scene scene, NodeId node) {
    return scene.cluster.nodes().stream().filter(each -> !each.equals(node)).toList();
  }

  private static void slow(Scene scene, RandomGenerator random) {
    Map<Way, Passage> late = new HashMap<>();
    for (NodeId from : scene.cluster.nodes()) {
      for (NodeId to : without(scene, from)) {
        long delay = (1 + random.nextInt(80)) * Scene.MILLI;
        late.put(Way.between(from, to), new Passage.Late(delay, delay / 2));
      }
    }
    scene.cluster.network(late);
  }

  private static void standStill(Scene scene, RandomGenerator random) {
    long nanos = (500 + random.nextInt(3_000)) * Scene.MILLI;
    scene.cluster.nodes().forEach(node -> pull(scene, Lever.PAUSE, node));
    scene.simulation.run(nanos);
    scene.cluster.nodes().forEach(node -> pull(scene, Lever.RESUME, node));
  }

  private static void pull(Scene scene, Lever lever, NodeId node) {
    try {
      scene.cluster.pull(lever, node);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void diverge(Scene scene, NodeId leader, RandomGenerator random) {
    scene.cut(Scene.between(List.of(leader), without(scene, leader)).toArray(Way[]::new));
    for (int entry = 0; entry < 1 + random.nextInt(20); entry++) {
      scene.propose(leader);
    }
    scene.simulation.run((500 + random.nextInt(2_000)) * Scene.MILLI);
    scene.cut();
  }

  private static void cut(Scene scene, Minority minority, NodeId leader, RandomGenerator random) {
    List<NodeId> shuffled = new ArrayList<>();
    List<NodeId> left = new ArrayList<>(scene.cluster.nodes());
    while (!left.isEmpty()) {
      shuffled.add(left.remove(random.nextInt(left.size())));
    }
    if (minority == Minority.BRIDGED || minority == Minority.CHAINED) {
      shuffled.remove(leader);
      shuffled.addLast(leader);
    }
    scene.cutOff(minority, shuffled);
  }
}
