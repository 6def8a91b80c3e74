package dev.labrys.nemesis;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.cluster.Timeline;
import dev.labrys.history.Recorder;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Hurts a cluster as a schedule says, writes down what it does, and heals it.
///
/// It never undoes a fault as such. It knows what the cluster should be like with all faults that
/// are in force, and makes it so: also after something could not be done.
///
/// Lives on the thread of its timeline.
public final class Nemesis {

  private final Cluster cluster;
  private final List<NodeId> nodes;
  private final Timeline timeline;
  private final Recorder recorder;
  private final Consumer<Incident> witness;
  private final Aim aim;
  private final Fulfilment fulfilment;
  private final SortedMap<Integer, InForce> inForce = new TreeMap<>();

  /// Faults that should be over, and are not surely.
  private final SortedMap<Integer, InForce> unhealed = new TreeMap<>();

  /// Faults whose end came before their beginning was over.
  private final Set<Integer> cancelled = new HashSet<>();

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
    this.fulfilment = new Fulfilment(cluster, nodes, timeline);
  }

  /// Plans all of `schedule`, once.
  public void play(Schedule schedule) {
    requireFirst();
    play(schedule.steps(), 0);
  }

  private void requireFirst() {
    if (isPlayed) {
      throw new IllegalStateException("a nemesis plays one schedule: join two with Schedule.and");
    }
    isPlayed = true;
  }

  /// Plays `plan`, once.
  ///
  /// @param seed from which it draws; whom its faults hit is drawn from elsewhere
  /// @param operations asked from any thread how many operations of clients have been completed
  /// @param then told that the plan is over, and that its faults are being healed but those that
  ///   stay
  /// @throws IllegalArgumentException if those that stay leave no majority
  public void play(Plan plan, Seed seed, LongSupplier operations, Runnable then) {
    plan.ending().requireMajority(nodes.size());
    requireFirst();
    Lookout lookout = new Lookout(cluster, nodes, timeline, operations, () -> isOver);
    new PlanRun(plan, seed, new OnCluster(lookout, then)).begin();
  }

  /// Where a plan is played.
  private final class OnCluster implements Stage {
    private final Lookout lookout;
    private final Runnable then;
    private int entries;

    OnCluster(Lookout lookout, Runnable then) {
      this.lookout = lookout;
      this.then = then;
    }

    @Override
    public long nowNanos() {
      return timeline.nowNanos();
    }

    @Override
    public void at(long timeNanos, Runnable task) {
      timeline.at(
          timeNanos,
          () -> {
            if (!isOver) {
              task.run();
            }
          });
    }

    @Override
    public int begin(Fault fault) {
      int entry = entries++;
      start(entry, fault);
      return entry;
    }

    @Override
    public void end(int number) {
      heal(number);
    }

    @Override
    public Watch watch(Condition condition) {
      Watch watch = lookout.watch(condition);
      return (deadlineNanos, told) ->
          watch.await(
              deadlineNanos,
              isSeen -> {
                if (isSeen) {
                  recorder.note("nemesis", "seen", Value.of(condition.toString()));
                }
                told.accept(isSeen);
              });
    }

    @Override
    public void skip(Plan.Step step, String why) {
      for (Fault fault : Plan.faultsOf(step)) {
        tell(entries++, Incident.Phase.MISSED, fault, why);
      }
    }

    @Override
    public void over() {
      then.run();
    }
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
      case HEAL -> {
        if (!step.fault().isEvent()) {
          heal(step.entry());
        }
      }
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
          Fulfilment.PATIENCE,
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
      Fault fault = aim.take(planned, leader);
      if (fault.isEvent()) {
        happen(entry, fault);
      } else {
        begin(entry, fault);
      }
    } catch (MissedException missed) {
      tell(entry, Incident.Phase.MISSED, planned, String.valueOf(missed.getMessage()));
    }
  }

  private long record(Fault fault) {
    Value targets =
        Value.sequence(
            fault.hit().stream().map(node -> Value.of(node.name())).toArray(Value[]::new));
    return recorder.faultStarted(fault.text(), targets);
  }

  /// Does something that is over once it is done. That a cluster which is hurt otherwise does not
  /// do it is no failure.
  private void happen(int entry, Fault fault) {
    long journalId = record(fault);
    tell(entry, Incident.Phase.BEGINS, fault, "");
    timeline.perform(
        "events",
        Fulfilment.PATIENCE,
        () -> happen(fault),
        failure -> {
          recorder.faultHealed(journalId);
          if (failure.isEmpty()) {
            tell(entry, Incident.Phase.IN_FORCE, fault, "");
            tell(entry, Incident.Phase.HEALED, fault, "");
          } else {
            tell(entry, Incident.Phase.MISSED, fault, String.valueOf(failure.get().getMessage()));
          }
        });
  }

  private void happen(Fault fault) throws IOException {
    if (fault instanceof Fault.Transfer(Target target)) {
      for (NodeId node : target.named()) {
        cluster.transfer(node);
      }
    }
  }

  private void begin(int entry, Fault fault) throws MissedException {
    for (NodeId named : Aim.named(fault)) {
      if (!cluster.nodes().contains(named)) {
        throw new MissedException("there is no node %s, only %s".formatted(named, cluster.nodes()));
      }
    }
    List<Fault> all = new ArrayList<>(inForce.values().stream().map(InForce::fault).toList());
    all.add(fault);
    if (Wishes.of(nodes, all).members().isEmpty()) {
      throw new MissedException("nobody is left to be the cluster");
    }
    inForce.put(entry, new InForce(fault, record(fault)));
    tell(entry, Incident.Phase.BEGINS, fault, "");
    bringAbout(failures -> afterBeginning(entry, fault, failures));
  }

  private void afterBeginning(int entry, Fault fault, List<String> failures) {
    boolean isOnTime = inForce.containsKey(entry);
    String why = String.join("; ", failures);
    if (!isOnTime && (changesMembers(fault) || !failures.isEmpty())) {
      tell(
          entry,
          Incident.Phase.MISSED,
          fault,
          ("its time was over before it was there " + why).strip());
    } else if (failures.isEmpty()) {
      tell(entry, Incident.Phase.IN_FORCE, fault, "");
    } else {
      tell(entry, Incident.Phase.FAILED, fault, why);
    }
  }

  private static boolean changesMembers(Fault fault) {
    return fault instanceof Fault.Remove || fault instanceof Fault.Add;
  }

  private void bringAbout(Consumer<List<String>> then) {
    fulfilment.bringAbout(inForce.values().stream().map(InForce::fault).toList(), then);
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

  /// Waits for all that is being brought about or healed now.
  ///
  /// @param then told once it is so, or has failed
  public void whenSettled(Runnable then) {
    fulfilment.whenSettled(then);
  }

  /// Ends all faults, for good: none begins any more. Tries again what does not succeed. What
  /// listeners throw keeps nothing from being healed.
  ///
  /// @param then told what could not be healed, in words
  public void healAll(Consumer<List<String>> then) {
    isOver = true;
    SortedMap<Integer, InForce> ending = new TreeMap<>(inForce);
    inForce.clear();
    try {
      ending.forEach((entry, each) -> tell(entry, Incident.Phase.HEALING, each.fault(), ""));
    } finally {
      fulfilment.healAll(failures -> {
        // Among those may be one whose healing was under way, and failed meanwhile.
        ending.putAll(unhealed);
        unhealed.clear();
        try {
          ending.forEach((entry, each) -> afterHealing(entry, each, failures));
        } finally {
          then.accept(failures);
        }
      });
    }
  }

  private void tell(int entry, Incident.Phase phase, Fault fault, String detail) {
    witness.accept(new Incident(timeline.nowNanos(), entry, phase, fault.text(), detail));
  }
}
