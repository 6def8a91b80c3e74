package dev.labrys.nemesis;

import dev.labrys.cluster.NodeId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whom a fault hits. Roles are looked up, and random ones drawn, when the fault starts.
public sealed interface Target {

  /// Nodes that are known only once the fault starts.
  enum Role implements Target {
    ONE,
    MINORITY,
    MAJORITY,
    ALL,
    LEADER,
    FOLLOWERS,
    MAJORITY_WITH_LEADER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// These nodes: `n1+n3`.
  record Named(SortedSet<NodeId> nodes) implements Target {
    public Named {
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("a target needs at least one node");
      }
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    @Override
    public String toString() {
      return nodes.stream().map(NodeId::toString).collect(Collectors.joining("+"));
    }
  }

  /// One of several targets, each drawn as often as its weight says: `leader*3/n1+n2`.
  record Drawn(List<Choice> choices) implements Target {
    private static final int MOST_CHOICES = 100;

    public Drawn {
      choices = List.copyOf(choices);
      if (choices.size() < 2 || choices.size() > MOST_CHOICES) {
        throw new IllegalArgumentException(
            "one is drawn of 2 to %d targets, not of %d".formatted(MOST_CHOICES, choices.size()));
      }
    }

    @Override
    public String toString() {
      return choices.stream().map(Choice::toString).collect(Collectors.joining("/"));
    }
  }

  /// A target that is drawn as often as `weight` says, among others.
  record Choice(int weight, Target target) {
    private static final int MOST_WEIGHT = 1_000;

    public Choice {
      if (weight < 1 || weight > MOST_WEIGHT || target instanceof Drawn) {
        throw new IllegalArgumentException(
            "a weight is between 1 and %d, not %d, and that of a role or of nodes"
                .formatted(MOST_WEIGHT, weight));
      }
    }

    @Override
    public String toString() {
      return weight == 1 ? target.toString() : target + "*" + weight;
    }

    private static Choice parse(String text) {
      int star = text.indexOf('*');
      if (star < 0) {
        return new Choice(1, Target.parse(text));
      }
      String weight = text.substring(star + 1);
      if (!weight.matches("\\d{1,4}")) {
        throw new IllegalArgumentException(
            "\"%s\" is no weight as in leader*3/one".formatted(weight));
      }
      return new Choice(Integer.parseInt(weight), Target.parse(text.substring(0, star)));
    }
  }

  /// The nodes that it names; none if it is a role.
  default SortedSet<NodeId> named() {
    return this instanceof Named(SortedSet<NodeId> nodes) ? nodes : Collections.emptySortedSet();
  }

  static Target of(Collection<NodeId> nodes) {
    return new Named(new TreeSet<>(nodes));
  }

  /// Reads what `toString` writes. A role's name is never a node.
  ///
  /// @throws IllegalArgumentException if it is neither a role nor nodes, saying what was expected
  static Target parse(String text) {
    if (text.indexOf('/') >= 0) {
      return new Drawn(Arrays.stream(text.split("/", -1)).map(Choice::parse).toList());
    }
    for (Role role : Role.values()) {
      if (role.toString().equals(text)) {
        return role;
      }
    }
    return new Named(FaultText.nodes(text));
  }
}
