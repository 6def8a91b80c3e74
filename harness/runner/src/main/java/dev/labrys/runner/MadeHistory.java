package dev.labrys.runner;

import dev.labrys.history.Event;
import dev.labrys.history.HistoryFormat;
import dev.labrys.history.HistoryWriter;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.synthetic.Adversary;
import dev.labrys.synthetic.Corrupted;
import dev.labrys.synthetic.Corruption;
import dev.labrys.synthetic.ObjectKind;
import dev.labrys.synthetic.Recipe;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A synthetic history on its way out: its events, and what there is to say about it.
///
/// @param kind the object it is about
/// @param what how it was made, in words
/// @param verdict what a checker must say, and why
/// @param origin the same for programs
/// @param events the history itself, read once
record MadeHistory(
    ObjectKind kind, String what, String verdict, Value.MapOf origin, Iterator<Event> events) {

  /// A simulation, which is valid. It is made while it is written, however long.
  static MadeHistory of(Recipe recipe) {
    return new MadeHistory(
        recipe.kind(),
        words(recipe),
        "valid by construction",
        origin("valid", recipe.kind().label(), "seed", Value.of(recipe.seed().number())),
        recipe.events());
  }

  /// A simulation that is then damaged, which is invalid.
  static MadeHistory of(Recipe recipe, Corruption corruption) {
    Corrupted corrupted = corruption.apply(recipe.kind(), recipe.make().history(), recipe.seed());
    return new MadeHistory(
        recipe.kind(),
        words(recipe),
        "invalid by construction (%s): %s".formatted(corruption.label(), corrupted.change()),
        origin(
            "invalid",
            recipe.kind().label(),
            "seed",
            Value.of(recipe.seed().number()),
            "corruption",
            Value.of(corruption.label()),
            "change",
            Value.of(corrupted.change())),
        corrupted.history().journal().iterator());
  }

  /// A hard one.
  static MadeHistory of(Adversary adversary, int size, Seed seed) {
    String verdict = adversary.isLinearizable() ? "valid" : "invalid";
    return new MadeHistory(
        adversary.kind(),
        "%s, adversary %s of size %d, seed %d"
            .formatted(adversary.kind().label(), adversary.label(), size, seed.number()),
        verdict + " by construction",
        origin(
            verdict,
            adversary.kind().label(),
            "seed",
            Value.of(seed.number()),
            "adversary",
            Value.of(adversary.label()),
            "size",
            Value.of(size)),
        adversary.make(size, seed).journal().iterator());
  }

  private static String words(Recipe recipe) {
    return String.format(
        Locale.ROOT,
        "%s, %,d operations, %s, %s, seed %d",
        recipe.kind().label(),
        recipe.operations(),
        plural(recipe.clients(), "client"),
        plural(recipe.keys(), "key"),
        recipe.seed().number());
  }

  private static String plural(int number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  private static Value.MapOf origin(String verdict, String kind, Object... details) {
    Map<Value, Value> origin = new LinkedHashMap<>();
    origin.put(Value.of("verdict"), Value.of(verdict));
    origin.put(Value.of("kind"), Value.of(kind));
    for (int i = 0; i < details.length; i += 2) {
      origin.put(Value.of((String) details[i]), (Value) details[i + 1]);
    }
    return new Value.MapOf(origin);
  }

  /// Two lines for people.
  String summary() {
    return "%s%n%s%n".formatted(what, verdict);
  }

  /// Writes all events, in front of them how they came to be. The formats of other tools are kept
  /// as those tools expect them, without remarks.
  void writeTo(HistoryWriter writer, HistoryFormat format) throws IOException {
    switch (format) {
      case JSONL, EDN -> {
        writer.write(Remarks.model(kind.model()));
        writer.write(Remarks.origin(origin));
      }
      case ETCD_LOG, KV_LOG -> {}
    }
    while (events.hasNext()) {
      writer.write(events.next());
    }
  }
}
