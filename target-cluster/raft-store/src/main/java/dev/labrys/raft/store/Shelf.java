package dev.labrys.raft.store;

import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The lists, the sets or the queues of a store, in the order in which they came to hold something.
///
/// @param <C> what one of them is
final class Shelf<C extends Collection<Datum>> {
  private final StoreLimits limits;
  private final Supplier<C> maker;
  private final C empty;
  private final Map<String, C> byName = new LinkedHashMap<>();

  Shelf(StoreLimits limits, Supplier<C> maker) {
    this.limits = limits;
    this.maker = maker;
    this.empty = maker.get();
  }

  /// What has that name, to be looked at.
  C named(String name) {
    return byName.getOrDefault(name, empty);
  }

  /// Whether one more can be added to what has that name.
  boolean hasRoom(String name) {
    C found = byName.get(name);
    return found == null ? byName.size() < limits.items() : found.size() < limits.items();
  }

  /// Adds to what has that name, and says whether that changed it.
  boolean add(String name, Datum element) {
    C found = byName.get(name);
    if (found == null) {
      found = maker.get();
      byName.put(name, found);
    }
    return found.add(element.compact());
  }

  /// Has to follow on every removal from what has that name.
  void removed(String name) {
    if (named(name).isEmpty()) {
      byName.remove(name);
    }
  }

  void write(WireWriter writer) {
    writer.number(byName.size());
    byName.forEach((name, elements) -> {
      writer.text(name).number(elements.size());
      elements.forEach(element -> element.write(writer));
    });
  }

  static <C extends Collection<Datum>> Shelf<C> read(
      StoreLimits limits, Supplier<C> maker, WireReader reader) throws WireFormatException {
    Shelf<C> shelf = new Shelf<>(limits, maker);
    int count = reader.count();
    for (int i = 0; i < count; i++) {
      String name = reader.text();
      int size = reader.count();
      for (int k = 0; k < size; k++) {
        shelf.add(name, Datum.read(reader));
      }
    }
    return shelf;
  }
}
