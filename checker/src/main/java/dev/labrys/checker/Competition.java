package dev.labrys.checker;

import java.util.ArrayList;
import java.util.List;

/// Runs several searches of one partition side by side until the first has an answer.
///
/// They take turns on one thread, each turn twice as long as the last, so at worst the answer costs
/// what the quickest needs, times the number of searches, times two – and the same history is
/// always decided by the same search. Processors are kept busy by other partitions.
final class Competition {
  private static final long FIRST_TURN = 2048;
  private static final long LONGEST_TURN = 1 << 15;

  private final List<Search> searches;
  private final Limits limits;

  Competition(List<Search> searches, Limits limits) {
    this.searches = searches;
    this.limits = limits;
  }

  /// The answer, or [Answer.Undecided] after about `most` configurations in each search.
  Decision run(long most) {
    List<Search> running = new ArrayList<>(searches);
    String bound = "no search applies";
    long turn = FIRST_TURN;
    long taken = 0;
    while (!running.isEmpty()) {
      if (taken >= most) {
        return decision(Answer.Undecided.INSTANCE, running.get(0));
      }
      for (Search search : List.copyOf(running)) {
        for (long done = 0; done < turn; done += LONGEST_TURN) {
          Answer answer = search.advance(Math.min(turn, LONGEST_TURN));
          switch (answer) {
            case Answer.Undecided more -> {
              if (limits.isOver()) {
                return decision(new Answer.GaveUp(limits.reason()), search);
              }
            }
            case Answer.GaveUp gaveUp -> {
              bound = gaveUp.bound();
              running.remove(search);
              done = turn;
            }
            case Answer.Linearizable found -> {
              return decision(found, search);
            }
            case Answer.Contradiction found -> {
              return decision(found, search);
            }
          }
        }
      }
      taken += turn;
      turn *= 2;
    }
    return decision(new Answer.GaveUp(bound), searches.get(0));
  }

  private Decision decision(Answer answer, Search decider) {
    long configurations = 0;
    int established = 0;
    for (Search search : searches) {
      configurations += search.configurations();
      established = Math.max(established, search.established());
    }
    return new Decision(answer, decider.name(), configurations, established);
  }
}
