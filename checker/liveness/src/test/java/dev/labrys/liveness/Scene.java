package dev.labrys.liveness;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Way;
import dev.labrys.cluster.sim.ReplicaFactory;
import dev.labrys.cluster.sim.Reply;
import dev.labrys.cluster.sim.SimCluster;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A simulated cluster with a client that asks whoever leads its healthy nodes, and somebody who
/// looks at all nodes every 20 ms.
final class Scene {
  static final long MILLI = 1_000_000;
  private static final long LOOK = 20 * MILLI;
  private static final long GIVEN_UP = 1_000 * MILLI;
  private static final int PATIENCE = 10;
  private static final Bytes COMMAND =
      new SessionCommand.Unprotected(new Command.Put("x", new Datum.Whole(1)).toBytes()).toBytes();

  final Simulation simulation;
  final SimCluster cluster;
  private final RaftOptions raft;
  private final List<Glimpse> glimpses = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private SortedSet<NodeId> healthy;

  /// What the client has asked, and what it was told so far.
  private static final class Question {
    private final long nanos;
    private Asked.End end = new Asked.Pending();

    Question(long nanos) {
      this.nanos = nanos;
    }

    Asked asked() {
      return new Asked(nanos, end);
    }
  }

  Scene(int servers, RaftOptions raft, ReplicaFactory replicas, long seed) {
    this.raft = raft;
    this.simulation =
        Simulation.of(
            SimulationOptions.of(servers, () -> new Sessions(new Store()))
                .withRaft(raft)
                .withReplicas(replicas),
            new Seed(seed));
    this.cluster = new SimCluster(simulation);
    this.healthy = new TreeSet<>(cluster.nodes());
  }

  NodeId node(int number) {
    return NodeId.numbered(number);
  }

  /// All others are outsiders from now on.
  void healthy(NodeId... nodes) {
    healthy = new TreeSet<>(List.of(nodes));
  }

  SortedSet<NodeId> healthy() {
    return healthy;
  }

  /// Whoever leads, once all have applied what it has.
  NodeId settle() {
    for (int i = 0; i < 1_000; i++) {
      simulation.run(LOOK);
      Glimpse glimpse = glimpse();
      Optional<Standing> leader =
          glimpse
              .leader(healthy)
              .map(Glimpse.Leader::standing)
              .filter(each -> each.log().last() > 0);
      if (leader.isPresent()
          && glimpse.nodes().values().stream()
              .allMatch(each -> each.log().applied() == leader.get().log().last())) {
        return glimpse.leader(healthy).orElseThrow().node();
      }
    }
    throw new AssertionError("no leader in 20 s: " + glimpse());
  }

  /// Cuts these ways, in addition to none.
  void cut(Way... ways) {
    Map<Way, Passage> shut = new HashMap<>();
    for (Way way : ways) {
      shut.put(way, Passage.Shut.HELD);
    }
    cluster.network(shut);
  }

  /// Cuts off the first few of `nodes`, as many as the others can do without.
  void cutOff(Minority minority, List<NodeId> nodes) {
    int few = (nodes.size() - 1) / 2;
    List<NodeId> majority = nodes.subList(few, nodes.size());
    cut(minority.ways(nodes.subList(0, few), majority).toArray(Way[]::new));
    healthy(majority.toArray(NodeId[]::new));
  }

  /// Cuts both ways between each of the first and each of the others.
  static List<Way> between(List<NodeId> some, List<NodeId> others) {
    List<Way> ways = new ArrayList<>();
    for (NodeId one : some) {
      for (NodeId other : others) {
        if (!one.equals(other)) {
          ways.add(Way.between(one, other));
          ways.add(Way.between(other, one));
        }
      }
    }
    return ways;
  }

  /// The verdict on what happens from now on, if `operations` are demanded.
  LivenessVerdict judge(int operations) {
    return judge(operations, () -> {});
  }

  /// The same; `meanwhile` happens after a second.
  LivenessVerdict judge(int operations, Runnable meanwhile) {
    glimpses.clear();
    questions.clear();
    long from = simulation.nowNanos();
    Demand demand = new Demand(healthy, from, raft.electionMaxNanos(), PATIENCE, operations);
    boolean isBefore = true;
    LivenessVerdict verdict = new LivenessVerdict.Undecided("nothing was seen");
    while (simulation.nowNanos() < from + 4 * demand.nanos()) {
      glimpses.add(glimpse());
      if (operations > 0) {
        ask();
      }
      boolean isTime = simulation.nowNanos() >= from + demand.nanos();
      if (isTime || isEnough(operations)) {
        verdict =
            Liveness.judge(demand, glimpses, questions.stream().map(Question::asked).toList());
        if (!(verdict instanceof LivenessVerdict.Undecided)) {
          return verdict;
        }
      }
      simulation.run(LOOK);
      if (isBefore && simulation.nowNanos() > from + 1_000 * MILLI) {
        isBefore = false;
        meanwhile.run();
      }
    }
    return verdict;
  }

  private boolean isEnough(int operations) {
    return questions.stream().filter(each -> each.end instanceof Asked.Done).count() >= operations
        && simulation.nowNanos() - glimpses.getFirst().nanos() > GIVEN_UP;
  }

  Glimpse glimpse() {
    TreeMap<NodeId, Standing> standings = new TreeMap<>();
    for (NodeId node : cluster.nodes()) {
      cluster.standing(node).ifPresent(standing -> standings.put(node, standing));
    }
    return new Glimpse(simulation.nowNanos(), standings);
  }

  /// Unless it waits for an answer.
  private void ask() {
    long now = simulation.nowNanos();
    boolean isWaiting =
        !questions.isEmpty()
            && questions.getLast().end instanceof Asked.Pending
            && now - questions.getLast().nanos < GIVEN_UP;
    Optional<Glimpse.Leader> leader = glimpse().leader(healthy);
    if (!isWaiting && leader.isPresent()) {
      Question question = new Question(now);
      questions.add(question);
      propose(leader.get().node(), question);
    }
  }

  /// Hands a command to `node`, and does not care for the answer.
  void propose(NodeId node) {
    propose(node, new Question(simulation.nowNanos()));
  }

  private void propose(NodeId node, Question question) {
    if (cluster.state(node) == NodeState.RUNNING) {
      simulation
          .server(id(node))
          .propose(
              COMMAND,
              reply ->
                  question.end =
                      reply instanceof Reply.Output
                          ? new Asked.Done(simulation.nowNanos())
                          : new Asked.Refused(simulation.nowNanos()));
    }
  }

  ServerId id(NodeId node) {
    return new ServerId(cluster.nodes().indexOf(node) + 1);
  }
}
