package dev.labrys.nemesis;

import dev.labrys.cluster.Cluster;
import dev.labrys.cluster.Lever;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Timeline;
import dev.labrys.cluster.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/// Makes a cluster what it should be like, and remembers what of it is in doubt.
///
/// Lives on the thread of its timeline.
final class Fulfilment {

  /// How long a lever or a change of the network may take before it counts as failed.
  static final long PATIENCE = 60_000_000_000L;

  /// From one request to change the members to the next.
  private static final long MEMBERS_INTERVAL = 100_000_000;

  private static final int MOST_ATTEMPTS_TO_HEAL = 3;
  private static final String NETWORK = "network";
  private static final String MEMBERS = "members";

  private final Cluster cluster;
  private final List<NodeId> nodes;
  private final Timeline timeline;

  /// Nodes that are not surely as they should be.
  private final Set<NodeId> doubtful = new TreeSet<>();

  /// Who waits for the members to be as they should be.
  private final List<Consumer<Optional<Exception>>> waiting = new ArrayList<>();

  private Wishes wishes;
  private boolean isNetworkDoubtful;
  private boolean areMembersDoubtful;
  private boolean isPursuing;
  private long membersDeadline;

  Fulfilment(Cluster cluster, List<NodeId> nodes, Timeline timeline) {
    this.cluster = cluster;
    this.nodes = List.copyOf(nodes);
    this.timeline = timeline;
    this.wishes = Wishes.of(nodes, List.of());
  }

  /// Makes everything usual, again and again if it does not succeed.
  ///
  /// @param then told what could not be made so, in words
  void healAll(Consumer<List<String>> then) {
    healAll(MOST_ATTEMPTS_TO_HEAL, nodes, then);
  }

  /// @param left the nodes that are not surely as usual
  private void healAll(int attempts, Collection<NodeId> left, Consumer<List<String>> then) {
    Wishes before = wishes;
    wishes = Wishes.of(nodes, List.of());
    areMembersDoubtful |= !wishes.members().equals(before.members());
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
    if (areMembersDoubtful) {
      setMembers(tally.expect(MEMBERS));
    }
    left.forEach(node -> set(node, () -> heal(node), tally.expect(node.name())));
    tally.close();
  }

  /// Makes the cluster what it should be with the faults that are `inForce`. What was in doubt is
  /// tried again, and counts for nobody.
  ///
  /// @param then told what of the change could not be done, in words
  void bringAbout(Collection<Fault> inForce, Consumer<List<String>> then) {
    Wishes before = wishes;
    wishes = Wishes.of(nodes, inForce);
    Tally tally = new Tally(then);
    if (!wishes.passages().equals(before.passages())) {
      setNetwork(tally::expect);
    } else if (isNetworkDoubtful) {
      setNetwork(_ -> _ -> {});
    }
    if (!wishes.members().equals(before.members())) {
      setMembers(tally.expect(MEMBERS));
    } else if (areMembersDoubtful && !isPursuing) {
      setMembers(_ -> {});
    }
    for (NodeId node : wishes.lots().keySet()) {
      Wishes.Lot lot = lot(node);
      if (!lot.equals(before.lots().get(node))) {
        set(node, () -> bringAbout(node, lot), tally.expect(node.name()));
      } else if (doubtful.contains(node)) {
        set(node, () -> bringAbout(node, lot), _ -> {});
      }
    }
    tally.close();
  }

  /// @param then told once all that has been asked for so far is done, or has failed
  void whenSettled(Runnable then) {
    Tally tally = new Tally(_ -> then.run());
    // What a lane is given it does in order.
    timeline.perform(NETWORK, PATIENCE, () -> {}, tally.expect(NETWORK));
    for (NodeId node : nodes) {
      timeline.perform(node.name(), PATIENCE, () -> {}, tally.expect(node.name()));
    }
    if (isPursuing) {
      waiting.add(tally.expect(MEMBERS));
    }
    tally.close();
  }

  private Wishes.Lot lot(NodeId node) {
    return wishes.lots().getOrDefault(node, Wishes.Lot.USUAL);
  }

  private void setNetwork(Function<String, Consumer<Optional<Exception>>> result) {
    Map<Way, Passage> passages = wishes.passages();
    Consumer<Optional<Exception>> told = result.apply(NETWORK);
    timeline.perform(
        NETWORK,
        PATIENCE,
        () -> cluster.network(passages),
        failure -> {
          isNetworkDoubtful = failure.isPresent();
          told.accept(failure);
        });
  }

  /// A cluster changes when it can: it is asked again and again. Whoever wishes for another change
  /// meanwhile gets that one, and all are told together.
  private void setMembers(Consumer<Optional<Exception>> result) {
    waiting.add(result);
    areMembersDoubtful = true;
    membersDeadline = timeline.nowNanos() + PATIENCE;
    if (!isPursuing) {
      isPursuing = true;
      pursueMembers();
    }
  }

  private void pursueMembers() {
    SortedSet<NodeId> members = wishes.members();
    AtomicBoolean isSo = new AtomicBoolean();
    timeline.perform(
        MEMBERS,
        PATIENCE,
        () -> isSo.set(cluster.members(members)),
        failure -> {
          boolean isDone = isSo.get() && failure.isEmpty() && members.equals(wishes.members());
          if (isDone) {
            tellWaiting(Optional.empty());
          } else if (timeline.nowNanos() >= membersDeadline) {
            tellWaiting(
                Optional.of(failure.orElse(new TimeoutException("they are not yet " + members))));
          } else {
            timeline.at(timeline.nowNanos() + MEMBERS_INTERVAL, this::pursueMembers);
          }
        });
  }

  private void tellWaiting(Optional<Exception> failure) {
    isPursuing = false;
    areMembersDoubtful = failure.isPresent();
    List<Consumer<Optional<Exception>>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(each -> each.accept(failure));
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
}
