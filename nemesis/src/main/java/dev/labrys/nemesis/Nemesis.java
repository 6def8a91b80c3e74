package dev.labrys.nemesis;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Timeline;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Hurts a cluster as a schedule says, writes down what it does, and heals it.
///
/// It never undoes a fault as such. It knows what the cluster should be like with all faults that
/// are in force, and makes it so: also after something could not be done.
///
/// Lives on the thread of its timeline.
public final class Nemesis {

  /// How long a lever or a change of the network may take before it counts as failed.
  private static final long PATIENCE = 60_000_000_000L;

  private static final int MOST_ATTEMPTS_TO_HEAL = 3;

  private final Cluster cluster;
  private final List<NodeId> nodes;
  private final Timeline timeline;
  private final Recorder recorder;
  private final Consumer<Incident> witness;
  private final Aim aim;
  private final SortedMap<Integer, InForce> inForce = new TreeMap<>();

  /// Faults whose end came before their beginning was over.
  private final Set<Integer> cancelled = new HashSet<>();

  /// Nodes that are not surely as they should be.
  private final Set<NodeId> doubtful = new TreeSet<>();

  private Wishes wishes;
  private boolean isNetworkDoubtful;
  private boolean isOver;

  private record InForce(Fault fault, long journalId) {}

  /// @param nodes those that may be hit
  /// @param witness told what happens, when it happens
  public Nemesis(
      Cluster cluster,
      List<NodeId> nodes,
      Timeline timeline,
      RandomGenerator random,
      Recorder recorder,
      Consumer<Incident> witness) {
    this.cluster = cluster;
    this.nodes = List.copyOf(nodes);
    this.timeline = timeline;
    this.recorder = recorder;
    this.witness = witness;
    this.aim = new Aim(nodes, random);
    this.wishes = Wishes.of(nodes, List.of());
  }

  /// Plans all of `schedule`.
  public void play(Schedule schedule) {
    play(schedule.steps(), 0);
  }

  /// One step after the other, so that a long schedule costs nothing before its time.
  private void play(List<Schedule.Step> steps, int next) {
    if (next < steps.size() && !isOver) {
      Schedule.Step step = steps.get(next);
      timeline.at(
          step.timeNanos(),
          () -> {
            perform(step);
            play(steps, next + 1);
          });
    }
  }

  private void perform(Schedule.Step step) {
    if (isOver) {
      return;
    }
    switch (step.kind()) {
      case START -> start(step.entry(), step.fault());
      case HEAL -> heal(step.entry());
    }
  }

  private void start(int entry, Fault fault) {
    List<String> lacks =
        fault.needs().stream()
            .flatMap(need -> cluster.capabilities().reasonAgainst(need).stream())
            .toList();
    if (!lacks.isEmpty()) {
      tell(entry, Incident.Phase.MISSED, fault, String.join("; ", lacks));
    } else if (Aim.needsLeader(fault)) {
      AtomicReference<Optional<NodeId>> leader = new AtomicReference<>(Optional.empty());
      timeline.perform(
          "look for the leader",
          PATIENCE,
          () -> leader.set(leader()),
          _ -> aim(entry, fault, leader.get()));
    } else {
      aim(entry, fault, Optional.empty());
    }
  }

  /// Of those who take themselves for the leader, the one of the latest term.
  private Optional<NodeId> leader() {
    Optional<NodeId> leader = Optional.empty();
    long term = -1;
    for (NodeId node : nodes) {
      Optional<Standing> standing = cluster.standing(node);
      if (standing.isPresent() && standing.get().isLeader() && standing.get().term() > term) {
        leader = Optional.of(node);
        term = standing.get().term();
      }
    }
    return leader;
  }

  private void aim(int entry, Fault planned, Optional<NodeId> leader) {
    if (isOver || cancelled.remove(entry)) {
      tell(entry, Incident.Phase.MISSED, planned, "its time was over before it had begun");
      return;
    }
    try {
      begin(entry, aim.take(planned, leader));
    } catch (MissedException missed) {
      tell(entry, Incident.Phase.MISSED, planned, String.valueOf(missed.getMessage()));
    }
  }

  private void begin(int entry, Fault fault) {
    Value targets =
        Value.sequence(
            fault.hit().stream().map(node -> Value.of(node.name())).toArray(Value[]::new));
    inForce.put(entry, new InForce(fault, recorder.faultStarted(fault.text(), targets)));
    tell(entry, Incident.Phase.BEGINS, fault, "");
    bringAbout(failures -> {
      if (failures.isEmpty()) {
        tell(entry, Incident.Phase.IN_FORCE, fault, "");
      } else {
        tell(entry, Incident.Phase.FAILED, fault, String.join("; ", failures));
      }
    });
  }

  private void heal(int entry) {
    InForce healed = inForce.remove(entry);
    if (healed == null) {
      cancelled.add(entry);
      return;
    }
    tell(entry, Incident.Phase.HEALING, healed.fault(), "");
    bringAbout(failures -> afterHealing(entry, healed, failures));
  }

  private void afterHealing(int entry, InForce healed, List<String> failures) {
    recorder.faultHealed(healed.journalId());
    if (failures.isEmpty()) {
      tell(entry, Incident.Phase.HEALED, healed.fault(), "");
    } else {
      tell(entry, Incident.Phase.FAILED, healed.fault(), String.join("; ", failures));
    }
  }

  /// Ends all faults, for good: none begins any more. Tries again what does not succeed.
  ///
  /// @param then told what could not be healed, in words
  public void healAll(Consumer<List<String>> then) {
    isOver = true;
    SortedMap<Integer, InForce> healed = new TreeMap<>(inForce);
    inForce.clear();
    healed.forEach((entry, each) -> tell(entry, Incident.Phase.HEALING, each.fault(), ""));
    doubtful.addAll(nodes);
    isNetworkDoubtful = true;
    healAll(
        MOST_ATTEMPTS_TO_HEAL,
        failures -> {
          healed.forEach((entry, each) -> afterHealing(entry, each, failures));
          then.accept(failures);
        });
  }

  private void healAll(int attempts, Consumer<List<String>> then) {
    bringAbout(failures -> {
      if (failures.isEmpty() || attempts == 1) {
        then.accept(failures);
      } else {
        healAll(attempts - 1, then);
      }
    });
  }

  /// Makes the cluster what it should be with the faults that are in force.
  ///
  /// @param then told what could not be done, in words
  private void bringAbout(Consumer<List<String>> then) {
    Collection<Fault> faults = inForce.values().stream().map(InForce::fault).toList();
    Wishes before = wishes;
    wishes = Wishes.of(nodes, faults);
    List<NodeId> changed = new ArrayList<>();
    for (NodeId node : nodes) {
      if (doubtful.remove(node) || !lot(node).equals(before.lots().get(node))) {
        changed.add(node);
      }
    }
    boolean isNetworkChanged = isNetworkDoubtful || !wishes.passages().equals(before.passages());
    Tally tally = new Tally(changed.size() + (isNetworkChanged ? 1 : 0), then);
    if (isNetworkChanged) {
      isNetworkDoubtful = false;
      var passages = wishes.passages();
      timeline.perform(
          "network",
          PATIENCE,
          () -> cluster.network(passages),
          failure -> {
            isNetworkDoubtful |= failure.isPresent();
            tally.count("network", failure);
          });
    }
    for (NodeId node : changed) {
      Wishes.Lot lot = lot(node);
      timeline.perform(
          node.name(),
          PATIENCE,
          () -> bringAbout(node, lot),
          failure -> {
            if (failure.isPresent()) {
              doubtful.add(node);
            }
            tally.count(node.name(), failure);
          });
    }
    tally.close();
  }

  private Wishes.Lot lot(NodeId node) {
    return wishes.lots().getOrDefault(node, Wishes.Lot.USUAL);
  }

  /// Levers that don't apply do nothing, so that it does not matter what the node is doing.
  private void bringAbout(NodeId node, Wishes.Lot lot) throws IOException {
    cluster.surround(node, lot.surroundings());
    List<Lever> levers =
        switch (lot.life()) {
          case RUNS -> List.of(Lever.RESUME, Lever.START);
          case PAUSED -> List.of(Lever.START, Lever.PAUSE);
          case STOPPED -> List.of(Lever.STOP);
          case KILLED -> List.of(Lever.KILL);
          case POWERLESS -> List.of(Lever.CUT_POWER);
        };
    for (Lever lever : levers) {
      cluster.pull(lever, node);
    }
  }

  private void tell(int entry, Incident.Phase phase, Fault fault, String detail) {
    witness.accept(new Incident(timeline.nowNanos(), entry, phase, fault.text(), detail));
  }

  /// Waits for several things to be done.
  private static final class Tally {
    private final List<String> failures = new ArrayList<>();
    private final Consumer<List<String>> then;
    private int missing;

    /// @param count of the things; and one more, which is [#close]
    Tally(int count, Consumer<List<String>> then) {
      this.missing = count + 1;
      this.then = then;
    }

    void count(String what, Optional<Exception> failure) {
      failure.ifPresent(cause -> failures.add("%s: %s".formatted(what, cause.getMessage())));
      close();
    }

    void close() {
      missing--;
      if (missing == 0) {
        then.accept(List.copyOf(failures));
      }
    }
  }
}
