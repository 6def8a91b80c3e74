package dev.labrys.nemesis;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Timeline;
import dev.labrys.cluster.Way;
import dev.labrys.history.Recorder;
import dev.labrys.history.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /// Faults that should be over, and are not surely.
  private final SortedMap<Integer, InForce> unhealed = new TreeMap<>();

  /// Faults whose end came before their beginning was over.
  private final Set<Integer> cancelled = new HashSet<>();

  /// Nodes that are not surely as they should be.
  private final Set<NodeId> doubtful = new TreeSet<>();

  private Wishes wishes;
  private boolean isNetworkDoubtful;
  private boolean isPlayed;
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

  /// Plans all of `schedule`, once.
  public void play(Schedule schedule) {
    if (isPlayed) {
      throw new IllegalStateException("a nemesis plays one schedule: join two with Schedule.and");
    }
    isPlayed = true;
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
    if (failures.isEmpty()) {
      recorder.faultHealed(healed.journalId());
      String remarks = String.join("; ", cluster.takeRemarks());
      tell(entry, Incident.Phase.HEALED, healed.fault(), remarks);
    } else {
      unhealed.put(entry, healed);
      tell(entry, Incident.Phase.FAILED, healed.fault(), String.join("; ", failures));
    }
  }

  /// Ends all faults, for good: none begins any more. Tries again what does not succeed.
  ///
  /// @param then told what could not be healed, in words
  public void healAll(Consumer<List<String>> then) {
    isOver = true;
    inForce.forEach((entry, each) -> tell(entry, Incident.Phase.HEALING, each.fault(), ""));
    SortedMap<Integer, InForce> healed = new TreeMap<>(inForce);
    healed.putAll(unhealed);
    inForce.clear();
    unhealed.clear();
    healAll(
        MOST_ATTEMPTS_TO_HEAL,
        nodes,
        failures -> {
          healed.forEach((entry, each) -> afterHealing(entry, each, failures));
          then.accept(failures);
        });
  }

  /// @param left the nodes that are not surely as usual
  private void healAll(int attempts, Collection<NodeId> left, Consumer<List<String>> then) {
    wishes = Wishes.of(nodes, List.of());
    doubtful.clear();
    Tally tally =
        new Tally(failures -> {
          if (failures.isEmpty() || attempts == 1) {
            then.accept(failures);
          } else {
            healAll(attempts - 1, List.copyOf(doubtful), then);
          }
        });
    setNetwork(tally::expect);
    left.forEach(node -> set(node, () -> heal(node), tally.expect(node.name())));
    tally.close();
  }

  /// Makes the cluster what it should be with the faults that are in force. What was in doubt is
  /// tried again, and counts for nobody.
  ///
  /// @param then told what of the change could not be done, in words
  private void bringAbout(Consumer<List<String>> then) {
    Wishes before = wishes;
    wishes = Wishes.of(nodes, inForce.values().stream().map(InForce::fault).toList());
    Tally tally = new Tally(then);
    if (!wishes.passages().equals(before.passages())) {
      setNetwork(tally::expect);
    } else if (isNetworkDoubtful) {
      setNetwork(_ -> _ -> {});
    }
    for (NodeId node : nodes) {
      Wishes.Lot lot = lot(node);
      if (!lot.equals(before.lots().get(node))) {
        set(node, () -> bringAbout(node, lot), tally.expect(node.name()));
      } else if (doubtful.contains(node)) {
        set(node, () -> bringAbout(node, lot), _ -> {});
      }
    }
    tally.close();
  }

  private Wishes.Lot lot(NodeId node) {
    return wishes.lots().getOrDefault(node, Wishes.Lot.USUAL);
  }

  private void setNetwork(Function<String, Consumer<Optional<Exception>>> result) {
    Map<Way, Passage> passages = wishes.passages();
    Consumer<Optional<Exception>> told = result.apply("network");
    timeline.perform(
        "network",
        PATIENCE,
        () -> cluster.network(passages),
        failure -> {
          isNetworkDoubtful = failure.isPresent();
          told.accept(failure);
        });
  }

  private void set(NodeId node, Timeline.Deed deed, Consumer<Optional<Exception>> result) {
    timeline.perform(
        node.name(),
        PATIENCE,
        deed,
        failure -> {
          if (failure.isPresent()) {
            doubtful.add(node);
          } else {
            doubtful.remove(node);
          }
          result.accept(failure);
        });
  }

  /// Levers that don't apply do nothing, so that it does not matter what the node is doing. A node
  /// that is to end need not obey first.
  private void bringAbout(NodeId node, Wishes.Lot lot) throws IOException {
    switch (lot.life()) {
      case RUNS -> {
        cluster.pull(Lever.RESUME, node);
        cluster.surround(node, lot.surroundings());
        cluster.pull(Lever.START, node);
      }
      case PAUSED -> {
        cluster.surround(node, lot.surroundings());
        cluster.pull(Lever.START, node);
        cluster.pull(Lever.PAUSE, node);
      }
      case STOPPED -> end(node, Lever.STOP, lot);
      case KILLED -> end(node, Lever.KILL, lot);
      case POWERLESS -> end(node, Lever.CUT_POWER, lot);
    }
  }

  private void end(NodeId node, Lever lever, Wishes.Lot lot) throws IOException {
    cluster.pull(lever, node);
    cluster.surround(node, lot.surroundings());
  }

  /// A node that does not obey is ended, and begins anew.
  private void heal(NodeId node) throws IOException {
    try {
      bringAbout(node, Wishes.Lot.USUAL);
    } catch (IOException stubborn) {
      cluster.pull(Lever.KILL, node);
      bringAbout(node, Wishes.Lot.USUAL);
    }
  }

  private void tell(int entry, Incident.Phase phase, Fault fault, String detail) {
    witness.accept(new Incident(timeline.nowNanos(), entry, phase, fault.text(), detail));
  }

  /// Waits for several things to be done.
  private static final class Tally {
    private final List<String> failures = new ArrayList<>();
    private final Consumer<List<String>> then;
    private int missing = 1;

    /// @param then told what failed, once it is [closed][#close] and all is done
    Tally(Consumer<List<String>> then) {
      this.then = then;
    }

    /// Waits for one thing more, whose result is to be told to what this returns.
    Consumer<Optional<Exception>> expect(String what) {
      missing++;
      return failure -> {
        failure.ifPresent(cause -> failures.add("%s: %s".formatted(what, cause.getMessage())));
        close();
      };
    }

    void close() {
      missing--;
      if (missing == 0) {
        then.accept(List.copyOf(failures));
      }
    }
  }
}
