package dev.labrys.checker;

import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides transactions on lists that only grow, when no list gets the same element twice.
///
/// What the longest read of a list saw is the order of its elements, of which every other read must
/// have seen a beginning. So it is known which transaction appended before which, which read came
/// after which append, and which append came after which read; what no read saw was appended last.
/// The rest is [Precedence]. An optional transaction none of whose elements was seen may be left
/// out; one of whose elements was seen has happened.
final class ListPrefixes implements Procedure {
  private final Shape.AppendOnlyLists shape;

  ListPrefixes(Shape.AppendOnlyLists shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return "list prefixes";
  }

  @Override
  public @Nullable Answer decide(Partition partition) {
    return new Run(partition).decide();
  }

  /// One list: its elements by number, who appended each, and what was read of it.
  private static final class Listed {
    private final Value name;
    private final ValueNumbers elements = new ValueNumbers(4);
    private final List<Integer> appenders = new ArrayList<>();
    private List<Value> longest = List.of();
    private final List<Read> reads = new ArrayList<>();

    Listed(Value name) {
      this.name = name;
    }
  }

  /// @param values what was seen, without what the transaction itself had appended before
  private record Read(int operation, List<Value> values) {}

  private final class Run {
    private final Partition partition;
    private final ValueNumbers names;
    private final List<Listed> lists = new ArrayList<>();
    private final boolean[] isIncluded;

    Run(Partition partition) {
      this.partition = partition;
      names = new ValueNumbers(16);
      isIncluded = new boolean[partition.size()];
    }

    @Nullable Answer decide() {
      for (int i = 0; i < partition.size(); i++) {
        isIncluded[i] = partition.isRequired(i);
        Answer problem = read(i);
        if (problem != null) {
          return problem instanceof Answer.Undecided ? null : problem;
        }
      }
      Precedence precedence = new Precedence(partition, 2 * lists.size());
      for (int number = 0; number < lists.size(); number++) {
        Answer problem = checkPrefixes(lists.get(number));
        if (problem != null) {
          return problem;
        }
      }
      for (int number = 0; number < lists.size(); number++) {
        order(lists.get(number), precedence, partition.size() + 2 * number);
      }
      return precedence.solve(isIncluded);
    }

    private Listed list(Value name) {
      int number = names.number(name);
      if (number == lists.size()) {
        lists.add(new Listed(name));
      }
      return lists.get(number);
    }

    /// Undecided if the transaction does something else, or an element is not unique.
    private @Nullable Answer read(int operation) {
      List<Shape.AppendOnlyLists.Step> steps = shape.interpret().apply(partition.call(operation));
      for (int i = 0; i < steps.size(); i++) {
        switch (steps.get(i)) {
          case Shape.AppendOnlyLists.Append append -> {
            Listed list = list(append.list());
            int element = list.elements.number(append.value());
            if (element < list.appenders.size()) {
              return Answer.Undecided.INSTANCE;
            }
            list.appenders.add(operation);
          }
          case Shape.AppendOnlyLists.ReadAll read -> {
            Answer problem = note(operation, read, steps.subList(0, i));
            if (problem != null) {
              return problem;
            }
          }
          case Shape.AppendOnlyLists.Other other -> {
            return Answer.Undecided.INSTANCE;
          }
        }
      }
      return null;
    }

    private @Nullable Answer note(
        int operation,
        Shape.AppendOnlyLists.ReadAll read,
        List<Shape.AppendOnlyLists.Step> before) {
      Listed list = list(read.list());
      List<Value> values = read.values();
      int end = values.size();
      for (int i = before.size() - 1; i >= 0; i--) {
        if (before.get(i) instanceof Shape.AppendOnlyLists.Append own
            && own.list().equals(read.list())) {
          if (end == 0 || !values.get(end - 1).equals(own.value())) {
            return contradiction(
                "a read of %s does not end with what its own transaction had appended"
                    .formatted(list.name),
                operation);
          }
          end--;
        }
      }
      list.reads.add(new Read(operation, end == values.size() ? values : values.subList(0, end)));
      if (values.size() > list.longest.size()) {
        list.longest = values;
      }
      return null;
    }

    private @Nullable Answer checkPrefixes(Listed list) {
      boolean[] isSeen = new boolean[list.appenders.size()];
      int previous = -1;
      for (Value value : list.longest) {
        int element = list.elements.number(value);
        if (element >= isSeen.length) {
          return seenWrongly(list, value, "was seen in list %s but never appended");
        }
        if (isSeen[element]) {
          return seenWrongly(list, value, "was seen twice in list %s but appended once");
        }
        isSeen[element] = true;
        isIncluded[list.appenders.get(element)] = true;
        if (isTorn(list, element, previous)) {
          return seenWrongly(list, value, "was seen in list %s without what went right before it");
        }
        previous = element;
      }
      for (Read read : list.reads) {
        int size = read.values().size();
        if (!read.values().equals(list.longest.subList(0, size))) {
          return contradiction(
              "two reads of list %s disagree on its beginning".formatted(list.name),
              read.operation(),
              longestReader(list));
        }
      }
      return null;
    }

    /// Whether the transaction of `element` appended another one right before it, but `previous`
    /// was seen there. Elements are numbered in the order in which transactions append them.
    private static boolean isTorn(Listed list, int element, int previous) {
      return element > 0
          && list.appenders.get(element).equals(list.appenders.get(element - 1))
          && previous != element - 1;
    }

    private Answer seenWrongly(Listed list, Value value, String how) {
      return contradiction(
          "element %s ".formatted(value) + how.formatted(list.name), longestReader(list));
    }

    private int longestReader(Listed list) {
      int best = -1;
      int size = -1;
      for (Read read : list.reads) {
        int seen =
            shape.interpret().apply(partition.call(read.operation())).stream()
                .mapToInt(step ->
                    step instanceof Shape.AppendOnlyLists.ReadAll all
                            && all.list().equals(list.name)
                        ? all.values().size()
                        : -1)
                .max()
                .orElse(-1);
        if (seen > size) {
          size = seen;
          best = read.operation();
        }
      }
      return best;
    }

    /// Says who precedes whom on one list.
    ///
    /// Between what was seen and what was not stands at most one transaction that is on both sides:
    /// it read all that was seen, or appended the last of it, and then appended unseen elements.
    ///
    /// @param seenEnd a node that all must precede who saw, or are part of, only what was seen; the
    ///   next node comes before all others who appended unseen elements
    private void order(Listed list, Precedence precedence, int seenEnd) {
      int[] appender = seenAppenders(list);
      int length = appender.length;
      Set<Integer> appendsUnseen = unseenAppenders(list);
      Set<Integer> onBothSides = new LinkedHashSet<>();
      for (int i = 1; i < length; i++) {
        link(precedence, appender[i - 1], appender[i]);
      }
      if (length > 0 && appendsUnseen.contains(appender[length - 1])) {
        onBothSides.add(appender[length - 1]);
      } else if (length > 0) {
        precedence.precedes(appender[length - 1], seenEnd);
      }
      for (Read read : list.reads) {
        int operation = read.operation();
        int size = read.values().size();
        if (size > 0) {
          // Not even the transaction itself may have appended it: that it does later.
          precedence.precedes(appender[size - 1], operation);
        }
        if (size < length) {
          link(precedence, operation, appender[size]);
        } else if (appendsUnseen.contains(operation)) {
          onBothSides.add(operation);
        } else {
          precedence.precedes(operation, seenEnd);
        }
      }
      precedence.precedes(seenEnd, seenEnd + 1);
      linkUnseen(precedence, seenEnd, appendsUnseen, onBothSides);
    }

    private int[] seenAppenders(Listed list) {
      int[] appender = new int[list.longest.size()];
      for (int i = 0; i < appender.length; i++) {
        appender[i] = list.appenders.get(list.elements.number(list.longest.get(i)));
      }
      return appender;
    }

    private Set<Integer> unseenAppenders(Listed list) {
      boolean[] isSeen = new boolean[list.appenders.size()];
      for (Value value : list.longest) {
        isSeen[list.elements.number(value)] = true;
      }
      Set<Integer> unseen = new LinkedHashSet<>();
      for (int element = 0; element < isSeen.length; element++) {
        if (!isSeen[element] && isIncluded[list.appenders.get(element)]) {
          unseen.add(list.appenders.get(element));
        }
      }
      return unseen;
    }

    private static void linkUnseen(
        Precedence precedence, int seenEnd, Set<Integer> unseen, Set<Integer> onBothSides) {
      int previous = -1;
      for (int operation : onBothSides) {
        precedence.precedes(seenEnd, operation);
        precedence.precedes(operation, seenEnd + 1);
        if (previous >= 0) {
          // Neither saw what the other appended, so each had to come first.
          precedence.precedes(operation, previous);
          precedence.precedes(previous, operation);
        }
        previous = operation;
      }
      for (int operation : unseen) {
        if (!onBothSides.contains(operation)) {
          precedence.precedes(seenEnd + 1, operation);
        }
      }
    }

    private static void link(Precedence precedence, int earlier, int later) {
      if (earlier != later) {
        precedence.precedes(earlier, later);
      }
    }

    private Answer contradiction(String reason, int... operations) {
      return new Answer.Contradiction(reason, operations);
    }
  }
}
