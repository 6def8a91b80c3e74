package dev.labrys.raft.store;

import java.util.List;

/// Something that the store can be asked to tell, and that changes nothing.
public sealed interface Query extends Step {

  /// What a register holds.
  record Get(String register) implements Query {}

  /// The [Answer.Items] of a list, the first one first.
  record ReadList(String list) implements Query {}

  /// The item at a place of a list, from 0; nothing if there is none.
  record ItemAt(String list, long place) implements Query {}

  /// What a counter stands at.
  record Total(String counter) implements Query {}

  /// The [Answer.Truth] of whether a set has the element.
  record Contains(String set, Datum element) implements Query {}

  /// The [Answer.Items] of a set, the one that has been in it for longest first.
  record Elements(String set) implements Query {}

  /// Who holds a lock; nothing if nobody does.
  record Holder(String lock) implements Query {}

  /// Several at once. Answered with the answers of [Answer.Each].
  ///
  /// @param queries none of which is made of queries itself
  record All(List<Query> queries) implements Query {
    public All {
      queries = List.copyOf(queries);
      for (Query query : queries) {
        if (query instanceof All) {
          throw new IllegalArgumentException("a query can't be made of queries: " + query);
        }
      }
    }
  }
}
