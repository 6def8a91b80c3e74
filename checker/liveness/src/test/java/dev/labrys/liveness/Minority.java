package dev.labrys.liveness;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Way;
import java.util.ArrayList;
import java.util.List;

/// How a minority that does not belong to the rest for good is connected with it.
enum Minority {
  /// Not at all.
  CUT_OFF,
  /// One way: it hears the rest, and is not heard.
  UNHEARD,
  /// One way: it is heard by the rest, and does not hear.
  DEAF,
  /// Bridged: one of the rest hears all of it, and is heard.
  BRIDGED,
  /// Chained: each hears the one before and the one after, and the last of them one of the rest.
  CHAINED;

  /// What to cut.
  List<Way> ways(List<NodeId> minority, List<NodeId> majority) {
    return switch (this) {
      case CUT_OFF -> Scene.between(minority, majority);
      case UNHEARD -> oneWay(minority, majority);
      case DEAF -> oneWay(majority, minority);
      case BRIDGED -> Scene.between(minority, majority.subList(1, majority.size()));
      case CHAINED -> chained(minority, majority);
    };
  }

  private static List<Way> oneWay(List<NodeId> from, List<NodeId> to) {
    return from.stream().flatMap(one -> to.stream().map(other -> Way.between(one, other))).toList();
  }

  private static List<Way> chained(List<NodeId> minority, List<NodeId> majority) {
    List<NodeId> chain = new ArrayList<>(minority);
    chain.addAll(majority);
    List<Way> ways = new ArrayList<>();
    for (int i = 0; i < minority.size(); i++) {
      ways.addAll(Scene.between(List.of(chain.get(i)), chain.subList(i + 2, chain.size())));
    }
    return ways;
  }
}
