package dev.labrys.synthetic;

import dev.labrys.history.History;
import dev.labrys.history.HistoryBuilder;
import java.util.ArrayList;
import java.util.List;

/// A history that is linearizable by construction, and the proof.
///
/// @param history what the clients saw
/// @param linearization the indices of the operations that took effect, in the order in which they
///   did; failed operations and unknown ones that never took effect are missing
public record SyntheticHistory(History history, List<Integer> linearization) {
  public SyntheticHistory {
    linearization = List.copyOf(linearization);
  }

  static SyntheticHistory of(Recipe recipe) {
    List<Integer> order = new ArrayList<>();
    Simulation simulation = new Simulation(recipe, order::add);
    HistoryBuilder builder = new HistoryBuilder();
    while (simulation.hasNext()) {
      builder.add(simulation.next());
    }
    return new SyntheticHistory(builder.build(), order);
  }
}
