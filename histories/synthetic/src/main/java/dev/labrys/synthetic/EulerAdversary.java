package dev.labrys.synthetic;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.List;

/// Hard histories in which to linearize is to find a path that takes each edge of a graph once.
final class EulerAdversary {
  private static final int START = 1;
  private static final Value REGISTER = Value.of(0);
  private static final Value READ = Value.keyword("r");
  private static final Value WRITE = Value.keyword("w");

  private record Edge(int from, int to) {}

  private EulerAdversary() {}

  static void euler(Script script, int size, Dice dice) {
    compareAndSet(script, closedWalk(size, dice), dice);
  }

  static void eulerTurned(Script script, int size, Dice dice) {
    compareAndSet(script, turned(closedWalk(size, dice), dice), dice);
  }

  static void eulerTransactions(Script script, int size, Dice dice) {
    transact(script, closedWalk(size, dice), dice);
  }

  static void eulerTransactionsTurned(Script script, int size, Dice dice) {
    transact(script, turned(closedWalk(size, dice), dice), dice);
  }

  /// A walk of `size` edges from [#START] back to it, without loops.
  private static List<Edge> closedWalk(int size, Dice dice) {
    int nodes = 3 + (int) StrictMath.sqrt(size);
    List<Edge> walk = new ArrayList<>();
    int node = START;
    for (int i = 1; i < size; i++) {
      int next = node;
      while (next == node || (i == size - 1 && next == START)) {
        next = 1 + dice.below(nodes);
      }
      walk.add(new Edge(node, next));
      node = next;
    }
    walk.add(new Edge(node, START));
    return walk;
  }

  private static List<Edge> turned(List<Edge> walk, Dice dice) {
    List<Edge> turned = new ArrayList<>(walk);
    int place = dice.below(walk.size());
    Edge edge = walk.get(place);
    turned.set(place, new Edge(edge.to(), edge.from()));
    return turned;
  }

  private static void compareAndSet(Script script, List<Edge> edges, Dice dice) {
    script.call(0, "write", Value.of(START), Value.nil());
    dice.shuffle(edges);
    for (int i = 0; i < edges.size(); i++) {
      Edge edge = edges.get(i);
      Value oldAndNew = Value.sequence(Value.of(edge.from()), Value.of(edge.to()));
      script.invoke(i + 1, "cas", oldAndNew);
    }
    for (int i = 0; i < edges.size(); i++) {
      script.ok(i + 1, Value.nil());
    }
  }

  private static void transact(Script script, List<Edge> edges, Dice dice) {
    Value start = Value.sequence(Value.sequence(WRITE, REGISTER, Value.of(START)));
    script.call(0, "txn", start, start);
    dice.shuffle(edges);
    for (int i = 0; i < edges.size(); i++) {
      script.invoke(i + 1, "txn", step(Value.nil(), edges.get(i)));
    }
    for (int i = 0; i < edges.size(); i++) {
      script.ok(i + 1, step(Value.of(edges.get(i).from()), edges.get(i)));
    }
  }

  private static Value step(Value seen, Edge edge) {
    return Value.sequence(
        Value.sequence(READ, REGISTER, seen), Value.sequence(WRITE, REGISTER, Value.of(edge.to())));
  }
}
