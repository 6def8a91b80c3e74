package dev.labrys.checker;

import dev.labrys.history.Event;
import dev.labrys.history.History;
import dev.labrys.history.Operation;
import dev.labrys.history.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells the operations of several models in one journal apart, by what their invocations say of
/// themselves in the extra `model`.
///
/// ```java
/// HistorySplit split = new HistorySplit();
/// while (reader.advance()) {
///   split.accept(reader.event());
///   builder.add(reader.event());
/// }
/// History queues = split.part(builder.build(), "queue");
/// ```
///
/// Operations keep their numbers and positions, so that what is found in a part can be found in the
/// whole.
public final class HistorySplit {
  private static final Value MODEL = Value.keyword("model");

  /// By the number of the operation.
  private final List<String> models = new ArrayList<>();

  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  /// By process, of what is under way.
  private final Map<Integer, String> open = new HashMap<>();

  /// The next event of the journal. Returns the model of the operation that it begins or ends;
  /// empty if it is of none, or says none.
  public Optional<String> accept(Event event) {
    return switch (event) {
      case Event.Invoked invoked -> {
        String model = model(invoked.extras());
        models.add(model);
        sizes.merge(model, 1, Integer::sum);
        open.put(invoked.process(), model);
        yield named(model);
      }
      case Event.Completed completed -> {
        String model = open.remove(completed.process());
        yield model == null ? Optional.empty() : named(model);
      }
      case Event.FaultStarted none -> Optional.empty();
      case Event.FaultHealed none -> Optional.empty();
      case Event.Note none -> Optional.empty();
    };
  }

  private static String model(Value.MapOf extras) {
    return extras.entries().get(MODEL) instanceof Value.Text(String model) ? model : "";
  }

  private static Optional<String> named(String model) {
    return model.isEmpty() ? Optional.empty() : Optional.of(model);
  }

  /// The models there are, in order of appearance; the empty text for operations that say none.
  public Set<String> models() {
    return Collections.unmodifiableSet(sizes.keySet());
  }

  /// What `model` is to judge: its operations, and all annotations.
  ///
  /// @param whole the history of exactly the events that were accepted
  public History part(History whole, String model) {
    if (whole.size() != models.size()) {
      throw new IllegalArgumentException(
          "the history has %d operations, and %d were told apart"
              .formatted(whole.size(), models.size()));
    }
    List<Operation> operations = new ArrayList<>(sizes.getOrDefault(model, 0));
    for (int i = 0; i < whole.size(); i++) {
      if (models.get(i).equals(model)) {
        operations.add(whole.operations().get(i));
      }
    }
    return new History(operations, whole.annotations());
  }
}
