package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Many lists, read and appended to by transactions that take effect as one.
///
/// A list that has grown long is left alone and a new one used instead, so that reads stay short.
final class ListTransactionObject implements SequentialObject {
  private static final int LONG_LIST = 32;
  private static final int MOST_STEPS = 4;
  private static final Value APPEND = Value.keyword("append");
  private static final Value READ = Value.keyword("r");

  private final int[] lists;
  private final int[] appended;
  private final Map<Value, List<Value>> items = new HashMap<>();
  private int nextList;

  ListTransactionObject(int listsInUse) {
    this.lists = new int[listsInUse];
    this.appended = new int[listsInUse];
    this.nextList = listsInUse;
    Arrays.setAll(lists, i -> i);
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    Value[] steps = new Value[1 + chooser.dice().below(MOST_STEPS)];
    for (int i = 0; i < steps.length; i++) {
      int place = chooser.dice().below(lists.length);
      Value list = Value.of(lists[place]);
      if (chooser.reads()) {
        steps[i] = Value.sequence(READ, list, Value.nil());
      } else {
        steps[i] = Value.sequence(APPEND, list, chooser.value());
        countAppend(place);
      }
    }
    return new Request(client, "txn", Value.sequence(steps));
  }

  private void countAppend(int place) {
    appended[place]++;
    if (appended[place] == LONG_LIST) {
      appended[place] = 0;
      lists[place] = nextList++;
    }
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    List<Value> steps = ((Value.Sequence) request.input()).items();
    List<Value> answers = new ArrayList<>(steps.size());
    for (Value step : steps) {
      answers.add(applyStep((Value.Sequence) step));
    }
    return Outcome.ok(new Value.Sequence(answers));
  }

  private Value applyStep(Value.Sequence step) {
    List<Value> list = items.computeIfAbsent(step.item(1), key -> new ArrayList<>());
    if (step.item(0).equals(READ)) {
      return Value.sequence(READ, step.item(1), new Value.Sequence(list));
    }
    list.add(step.item(2));
    return step;
  }
}
