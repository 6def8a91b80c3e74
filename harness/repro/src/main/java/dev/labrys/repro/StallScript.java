package dev.labrys.repro;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.NodeState;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Surroundings;
import dev.labrys.cluster.Way;
import dev.labrys.liveness.Asked;
import dev.labrys.liveness.Demand;
import dev.labrys.liveness.Glimpse;
import dev.labrys.liveness.Liveness;
import dev.labrys.liveness.LivenessVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The sleep stall: a leader that is given a command comes to a halt for a moment, and afterwards
/// the command is on all logs and committed by nobody.
///
/// Nothing here hopes for luck. Each step waits until the nodes themselves say that the one before
/// has had its effect, and if the cluster has gone another way meanwhile – a machine under load
/// elects when it likes – the stage is set once more.
///
/// 1. A leader is there, and all nodes have applied all that it has.
/// 2. [Stall#SLEEP]: its timers stop; then it gets the command, which reaches all logs.
///    [Stall#FREEZE]: answers to it are held back; then it gets the command, which reaches all
///    logs; then its process stops. The answers get lost.
/// 3. After the time of the stall all is undone.
/// 4. The cluster is watched, and judged.
public final class StallScript {
  private static final long MILLI = 1_000_000;
  private static final long PATIENCE = 60_000 * MILLI;
  private static final long SHORT_PATIENCE = 3_000 * MILLI;
  private static final long LOOK = 10 * MILLI;
  private static final int MOST_TRIES = 50;
  private static final int MOST_WINDOWS = 5;

  private final Theatre theatre;
  private final Cluster cluster;
  private final StallSetting setting;
  private final List<Glimpse> glimpses = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  /// A stage that is set: the command is where it should be, and its leader has come to a halt.
  ///
  /// @param entry where the command is
  private record Stage(
      NodeId leader, long term, long entry, long stalledNanos, Supplier<Asked> asked) {

    Stage stalledAt(long nanos) {
      return new Stage(leader, term, entry, nanos, asked);
    }
  }

  private StallScript(Theatre theatre, StallSetting setting) {
    this.theatre = theatre;
    this.cluster = theatre.cluster();
    this.setting = setting;
  }

  /// Plays it, on a cluster whose nodes all run and hear each other; and leaves one that does.
  ///
  /// @throws StallScriptException if the cluster does not do what it takes, or can't be made to
  public static StallOutcome play(Theatre theatre, StallSetting setting) {
    try {
      return new StallScript(theatre, setting).play();
    } catch (IOException failed) {
      throw new StallScriptException("a lever failed: " + failed.getMessage(), failed);
    }
  }

  private StallOutcome play() throws IOException {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      glimpses.clear();
      remarks.clear();
      Optional<Stage> stage = set();
      if (stage.isPresent()) {
        return watch(stage.get(), tries);
      }
      heal(Optional.empty());
    }
    throw new StallScriptException(
        "%d times the cluster elected another leader before the stage was set"
            .formatted(MOST_TRIES));
  }

  private Optional<Stage> set() throws IOException {
    Glimpse.Leader leader = settled();
    long last = leader.standing().log().last();
    return switch (setting.stall()) {
      case SLEEP -> {
        stallTimers(leader.node());
        long stalled = remarks.getLast().nanos();
        Supplier<Asked> asked = ask(leader.node());
        yield reached(leader, last, asked, _ -> true).map(set -> set.stalledAt(stalled));
      }
      case FREEZE -> {
        network(leader.node(), Passage.Shut.HELD);
        remark(leader.node(), Remark.Kind.FAULT, "answers to it are held back");
        Supplier<Asked> asked = ask(leader.node());
        Optional<Stage> stage = reached(leader, last, asked, log -> log.committed() <= last);
        if (stage.isPresent()) {
          cluster.pull(Lever.PAUSE, leader.node());
          remark(leader.node(), Remark.Kind.FAULT, setting.stall().meaning());
        }
        yield stage.map(set -> set.stalledAt(remarks.getLast().nanos()));
      }
    };
  }

  /// The leader, once everybody has applied all that it has, the last of which is of its own term:
  /// so everybody hears it, and is heard. A new leader is given a command for that.
  private Glimpse.Leader settled() {
    Set<Long> asked = new HashSet<>();
    Glimpse settled =
        await(
            "a leader whose log is applied everywhere",
            glimpse -> {
              leader(glimpse)
                  .filter(leader -> !hasOwn(leader.standing()))
                  .filter(leader -> asked.add(leader.standing().term()))
                  .ifPresent(leader -> theatre.ask(leader.node()));
              return leader(glimpse)
                  .map(Glimpse.Leader::standing)
                  .filter(leader -> hasOwn(leader) && isEverywhere(glimpse, leader))
                  .isPresent();
            });
    return leader(settled).orElseThrow();
  }

  /// Whether a leader's log ends with an entry of its term.
  private static boolean hasOwn(Standing leader) {
    return leader.log().lastTerm() == leader.term();
  }

  private Optional<Glimpse.Leader> leader(Glimpse glimpse) {
    return glimpse.leader(new HashSet<>(cluster.nodes()));
  }

  private boolean isEverywhere(Glimpse glimpse, Standing leader) {
    return glimpse.nodes().size() == cluster.nodes().size()
        && glimpse.nodes().values().stream()
            .allMatch(each ->
                each.term() == leader.term() && each.log().applied() == leader.log().last());
  }

  /// Waits until the command is on most logs, and makes sure that nobody but its leader may know it
  /// to be committed.
  private Optional<Stage> reached(
      Glimpse.Leader leader, long last, Supplier<Asked> asked, Predicate<Standing.Log> atLeader) {
    long begun = remarks.getLast().nanos();
    long entry = last + 1;
    long term = leader.standing().term();
    Glimpse reached =
        look(SHORT_PATIENCE, glimpse -> isElsewhere(glimpse, term) || isOnMost(glimpse, entry));
    boolean isRight =
        !isElsewhere(reached, term)
            && isOnMost(reached, entry)
            && reached.nodes().entrySet().stream()
                .allMatch(each ->
                    each.getKey().equals(leader.node())
                        ? atLeader.test(each.getValue().log())
                        : each.getValue().log().committed() <= last);
    return isRight
        ? Optional.of(new Stage(leader.node(), term, entry, begun, asked))
        : Optional.empty();
  }

  private boolean isOnMost(Glimpse glimpse, long entry) {
    long have =
        glimpse.nodes().values().stream().filter(each -> each.log().last() >= entry).count();
    return 2 * have > cluster.nodes().size();
  }

  /// Whether the term is over in which the stage is being set.
  private static boolean isElsewhere(Glimpse glimpse, long term) {
    return glimpse.nodes().values().stream().anyMatch(each -> each.term() != term);
  }

  private StallOutcome watch(Stage stage, int tries) throws IOException {
    long wake = stage.stalledNanos() + setting.stallNanos();
    while (theatre.nowNanos() < wake) {
      look();
      theatre.pass(Math.clamp(wake - theatre.nowNanos(), 1, LOOK));
    }
    heal(Optional.of(stage.leader()));
    long healed = theatre.nowNanos();
    remark(stage.leader(), Remark.Kind.HEALED, "runs again; nothing is wrong any more");
    if (setting.cure() == Cure.NEXT_COMMAND) {
      Glimpse next = await("somebody leads", glimpse -> leader(glimpse).isPresent());
      ask(leader(next).orElseThrow().node());
    }
    Demand demand =
        Demand.of(
            new HashSet<>(cluster.nodes()), healed, setting.electionNanos(), setting.patience());
    LivenessVerdict verdict = judge(demand, stage);
    return new StallOutcome(
        setting,
        stage.leader(),
        stage.entry(),
        stage.term(),
        stage.stalledNanos(),
        healed,
        tries,
        stage.asked().get(),
        remarks,
        glimpses,
        verdict);
  }

  /// Watches the cluster until it is done, or its time is up: that begins anew whenever the machine
  /// did not let us look.
  private LivenessVerdict judge(Demand demand, Stage stage) {
    long deadline = demand.fromNanos() + MOST_WINDOWS * demand.nanos();
    long next = demand.fromNanos() + demand.nanos();
    while (true) {
      Glimpse glimpse = look();
      if (isApplied(glimpse, stage.entry()) || glimpse.nanos() >= next) {
        LivenessVerdict verdict = Liveness.judge(demand, glimpses, List.of(stage.asked().get()));
        if (!(verdict instanceof LivenessVerdict.Undecided) || glimpse.nanos() >= deadline) {
          return verdict;
        }
      }
      theatre.pass(LOOK);
    }
  }

  private boolean isApplied(Glimpse glimpse, long entry) {
    return glimpse.nodes().size() == cluster.nodes().size()
        && glimpse.nodes().values().stream().allMatch(each -> each.log().applied() >= entry);
  }

  // What is done to the cluster

  private void stallTimers(NodeId node) throws IOException {
    cluster.surround(node, Surroundings.USUAL.with(Surroundings.Timers.STALLED));
    remark(node, Remark.Kind.FAULT, setting.stall().meaning());
  }

  /// Shuts the ways on which the others answer `node`.
  private void network(NodeId node, Passage.Shut shut) throws IOException {
    Map<Way, Passage> answers = new HashMap<>();
    for (NodeId other : cluster.nodes()) {
      if (!other.equals(node)) {
        answers.put(Way.between(other, node), shut);
      }
    }
    cluster.network(answers);
  }

  /// Undoes all; what has been held back for `deaf` is lost.
  private void heal(Optional<NodeId> deaf) throws IOException {
    if (deaf.isPresent() && setting.stall() == Stall.FREEZE) {
      network(deaf.get(), Passage.Shut.RESET);
      remark(deaf.get(), Remark.Kind.FAULT, "the answers held back are lost");
    }
    cluster.network(Map.of());
    for (NodeId node : cluster.nodes()) {
      cluster.pull(Lever.RESUME, node);
      cluster.surround(node, Surroundings.USUAL);
    }
  }

  private Supplier<Asked> ask(NodeId node) {
    remark(node, Remark.Kind.CLIENT, "is given a command");
    return theatre.ask(node);
  }

  private void remark(NodeId node, Remark.Kind kind, String text) {
    remarks.add(new Remark(theatre.nowNanos(), node, kind, text));
  }

  // What is seen of it

  private Glimpse await(String what, Predicate<Glimpse> condition) {
    Glimpse last = look(PATIENCE, condition);
    if (!condition.test(last)) {
      throw new StallScriptException(
          "in vain: %s; the last that was seen: %s".formatted(what, last));
    }
    return last;
  }

  /// Looks until `condition` holds, or for so long.
  private Glimpse look(long patience, Predicate<Glimpse> condition) {
    long deadline = theatre.nowNanos() + patience;
    Glimpse glimpse = look();
    while (!condition.test(glimpse) && theatre.nowNanos() < deadline) {
      theatre.pass(LOOK);
      glimpse = look();
    }
    return glimpse;
  }

  /// A node that is frozen is not asked: it would keep all the others waiting.
  private Glimpse look() {
    TreeMap<NodeId, Standing> standings = new TreeMap<>();
    long now = theatre.nowNanos();
    for (NodeId node : cluster.nodes()) {
      if (cluster.state(node) == NodeState.RUNNING) {
        cluster.standing(node).ifPresent(standing -> standings.put(node, standing));
      }
    }
    Glimpse glimpse = new Glimpse(now, standings);
    glimpses.add(glimpse);
    return glimpse;
  }
}
