package dev.labrys.nemesis;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/// Finds out whom a fault hits, when it begins: turns one that speaks of a leader, or of some
/// nodes, into one that names them.
final class Aim {
  private final List<NodeId> nodes;
  private final RandomGenerator random;

  Aim(List<NodeId> nodes, RandomGenerator random) {
    this.nodes = List.copyOf(nodes);
    this.random = random;
  }

  /// Whether one has to know who leads.
  static boolean needsLeader(Fault fault) {
    if (fault instanceof Fault.Transfer) {
      return true;
    }
    return needsLeader(targetOf(fault).orElse(Target.Role.ALL));
  }

  private static boolean needsLeader(Target target) {
    return switch (target) {
      case Target.Role role ->
          role == Target.Role.LEADER
              || role == Target.Role.FOLLOWERS
              || role == Target.Role.MAJORITY_WITH_LEADER;
      case Target.Named _ -> false;
      case Target.Drawn(List<Target.Choice> choices) ->
          choices.stream().anyMatch(choice -> needsLeader(choice.target()));
    };
  }

  /// Whom it hits, if that is said by a target.
  static Optional<Target> targetOf(Fault fault) {
    return fault instanceof Fault.Targeted targeted
        ? Optional.of(targeted.target())
        : Optional.empty();
  }

  /// All whom a fault names that has been taken aim with.
  static SortedSet<NodeId> named(Fault fault) {
    TreeSet<NodeId> named = new TreeSet<>(fault.hit());
    if (fault instanceof Fault.Cut(SortedMap<NodeId, SortedSet<NodeId>> deafTo)) {
      deafTo.values().forEach(named::addAll);
    }
    return named;
  }

  /// How many of so many nodes it may hit.
  static int most(Fault fault, int nodes) {
    return targetOf(fault).map(target -> most(target, nodes)).orElse(fault.hit().size());
  }

  private static int most(Target target, int nodes) {
    return switch (target) {
      case Target.Named(SortedSet<NodeId> named) -> named.size();
      case Target.Drawn(List<Target.Choice> choices) ->
          choices.stream().mapToInt(choice -> most(choice.target(), nodes)).max().orElse(0);
      case Target.Role role ->
          switch (role) {
            case ONE, LEADER -> 1;
            case MINORITY -> minority(nodes);
            case MAJORITY, MAJORITY_WITH_LEADER -> nodes / 2 + 1;
            case FOLLOWERS -> nodes - 1;
            case ALL -> nodes;
          };
    };
  }

  private static int minority(int nodes) {
    return Math.max(1, nodes - (nodes / 2 + 1));
  }

  /// The fault with the names of those it hits.
  ///
  /// @throws MissedException if there is nobody to hit
  Fault take(Fault fault, Optional<NodeId> leader) throws MissedException {
    return switch (fault) {
      case Fault.Isolate(Target target, Fault.Direction direction) ->
          isolate(pick(target, leader), direction);
      case Fault.Split(Fault.Layout layout) -> split(layout);
      case Fault.Cut cut -> cut;
      case Fault.CutClients(Target target) -> new Fault.CutClients(hit(target, leader));
      case Fault.Kill(Target target) -> new Fault.Kill(hit(target, leader));
      case Fault.Stop(Target target) -> new Fault.Stop(hit(target, leader));
      case Fault.Pause(Target target) -> new Fault.Pause(hit(target, leader));
      case Fault.StallTimers(Target target) -> new Fault.StallTimers(hit(target, leader));
      case Fault.TimerDrift(Target target, long millionths) ->
          new Fault.TimerDrift(hit(target, leader), millionths);
      case Fault.Latency(Target target, long delay, long jitter) ->
          new Fault.Latency(hit(target, leader), delay, jitter);
      case Fault.Unreliable(Target target, var passage) ->
          new Fault.Unreliable(hit(target, leader), passage);
      case Fault.LosePackets(Target target, int lost) ->
          new Fault.LosePackets(hit(target, leader), lost);
      case Fault.ClockJump(Target target, long offset) ->
          new Fault.ClockJump(hit(target, leader), offset);
      case Fault.ClockDrift(Target target, long millionths) ->
          new Fault.ClockDrift(hit(target, leader), millionths);
      case Fault.ClockStrobe(Target target, long offset, long period) ->
          new Fault.ClockStrobe(hit(target, leader), offset, period);
      case Fault.PowerLoss(Target target) -> new Fault.PowerLoss(hit(target, leader));
      case Fault.DiskFull(Target target) -> new Fault.DiskFull(hit(target, leader));
      case Fault.DiskStall(Target target) -> new Fault.DiskStall(hit(target, leader));
      case Fault.DiskReadOnly(Target target) -> new Fault.DiskReadOnly(hit(target, leader));
      case Fault.DiskError(Target target) -> new Fault.DiskError(hit(target, leader));
      case Fault.DiskSlow(Target target, long delay) ->
          new Fault.DiskSlow(hit(target, leader), delay);
      case Fault.CpuLimit(Target target, long millionths) ->
          new Fault.CpuLimit(hit(target, leader), millionths);
      case Fault.MemoryLimit(Target target, long room) ->
          new Fault.MemoryLimit(hit(target, leader), room);
      case Fault.NoDescriptors(Target target) -> new Fault.NoDescriptors(hit(target, leader));
      case Fault.Damage(Target target, NodeFiles.Part file, NodeFiles.Harm how) ->
          new Fault.Damage(hit(target, leader), file, how);
      case Fault.Wipe(Target target) -> new Fault.Wipe(hit(target, leader));
      case Fault.RollBack(Target target) -> new Fault.RollBack(hit(target, leader));
      case Fault.Transfer(Target target) -> transfer(target, leader);
      case Fault.Remove(Target target) -> remove(pick(target, leader));
      case Fault.Add add -> add(add);
    };
  }

  private Target hit(Target target, Optional<NodeId> leader) throws MissedException {
    return Target.of(pick(target, leader));
  }

  private Collection<NodeId> pick(Target target, Optional<NodeId> leader) throws MissedException {
    return switch (target) {
      case Target.Named(SortedSet<NodeId> named) -> named;
      case Target.Role role -> pick(role, leader);
      case Target.Drawn(List<Target.Choice> choices) -> pick(draw(choices), leader);
    };
  }

  private Target draw(List<Target.Choice> choices) {
    int drawn = random.nextInt(choices.stream().mapToInt(Target.Choice::weight).sum());
    int next = 0;
    while (drawn >= choices.get(next).weight()) {
      drawn -= choices.get(next).weight();
      next++;
    }
    return choices.get(next).target();
  }

  private Collection<NodeId> pick(Target.Role role, Optional<NodeId> leader)
      throws MissedException {
    int majority = nodes.size() / 2 + 1;
    return switch (role) {
      case ONE -> shuffled().subList(0, 1);
      case MINORITY -> shuffled().subList(0, minority(nodes.size()));
      case MAJORITY -> shuffled().subList(0, majority);
      case ALL -> nodes;
      case LEADER -> List.of(known(leader));
      case FOLLOWERS -> withFirst(known(leader)).subList(1, nodes.size());
      case MAJORITY_WITH_LEADER -> withFirst(known(leader)).subList(0, majority);
    };
  }

  private static NodeId known(Optional<NodeId> leader) throws MissedException {
    return leader.orElseThrow(() -> new MissedException("nobody leads"));
  }

  private List<NodeId> withFirst(NodeId first) throws MissedException {
    List<NodeId> order = shuffled();
    if (!order.remove(first) || order.isEmpty()) {
      throw new MissedException("there is nobody but " + first);
    }
    order.addFirst(first);
    return order;
  }

  private List<NodeId> shuffled() {
    List<NodeId> shuffled = new ArrayList<>(nodes);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      NodeId swapped = shuffled.get(i);
      shuffled.set(i, shuffled.get(other));
      shuffled.set(other, swapped);
    }
    return shuffled;
  }

  private Fault isolate(Collection<NodeId> victims, Fault.Direction direction)
      throws MissedException {
    if (victims.containsAll(nodes)) {
      throw new MissedException("nobody is left to be cut off from");
    }
    return new Fault.Isolate(Target.of(victims), direction);
  }

  private Fault transfer(Target target, Optional<NodeId> leader) throws MissedException {
    NodeId from = known(leader);
    Target drawn =
        target instanceof Target.Drawn(List<Target.Choice> choices) ? draw(choices) : target;
    List<NodeId> others = shuffled();
    others.remove(from);
    // One that is drawn among all might be the leader, where another one is meant.
    others.retainAll(drawn == Target.Role.ONE ? nodes : pick(drawn, leader));
    if (others.isEmpty()) {
      throw new MissedException("there is nobody else to lead than " + from);
    }
    return new Fault.Transfer(Target.of(others.subList(0, 1)));
  }

  private Fault remove(Collection<NodeId> victims) throws MissedException {
    if (victims.containsAll(nodes)) {
      throw new MissedException("nobody is left to be the cluster");
    }
    return new Fault.Remove(Target.of(victims));
  }

  private Fault add(Fault.Add add) throws MissedException {
    for (NodeId added : add.target().named()) {
      if (nodes.contains(added)) {
        throw new MissedException(added + " is a member from the start");
      }
    }
    return add;
  }

  private Fault split(Fault.Layout layout) throws MissedException {
    int count = nodes.size();
    int middle = count / 2;
    int majority = count / 2 + 1;
    return cut(
        shuffled(),
        switch (layout) {
          case HALVES -> (hearer, speaker) -> (hearer < middle) == (speaker < middle);
          case BRIDGE ->
              (hearer, speaker) ->
                  hearer == middle || speaker == middle || (hearer < middle) == (speaker < middle);
          case MAJORITIES_RING ->
              (hearer, speaker) -> Math.floorMod(speaker - hearer + majority / 2, count) < majority;
          case CHAIN -> (hearer, speaker) -> Math.abs(hearer - speaker) == 1;
          case STAR -> (hearer, speaker) -> hearer == 0 || speaker == 0;
          case PAIRS -> (hearer, speaker) -> (hearer ^ 1) != speaker;
        });
  }

  /// @param hears whether somebody hears somebody, by their places in `order`
  private static Fault cut(List<NodeId> order, BiPredicate<Integer, Integer> hears)
      throws MissedException {
    TreeMap<NodeId, SortedSet<NodeId>> deafTo = new TreeMap<>();
    for (int hearer = 0; hearer < order.size(); hearer++) {
      TreeSet<NodeId> unheard = new TreeSet<>();
      for (int speaker = 0; speaker < order.size(); speaker++) {
        if (hearer != speaker && !hears.test(hearer, speaker)) {
          unheard.add(order.get(speaker));
        }
      }
      if (!unheard.isEmpty()) {
        deafTo.put(order.get(hearer), unheard);
      }
    }
    if (deafTo.isEmpty()) {
      throw new MissedException("it leaves no link to cut among " + order.size() + " nodes");
    }
    return new Fault.Cut(deafTo);
  }
}
