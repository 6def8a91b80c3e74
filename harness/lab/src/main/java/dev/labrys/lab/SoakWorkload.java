package dev.labrys.lab;

import dev.labrys.checker.Model;
import dev.labrys.checker.Models;
import dev.labrys.cluster.sim.StoreScript;
import java.util.function.Supplier;

/// What the clients of a soak run do, and what their history is judged by.
public enum SoakWorkload {
  /// Registers are read, written and compared.
  REGISTERS(Models.casRegister(), SoakScripts.Registers::new),
  /// Sums are added to, where anything done twice shows.
  COUNTERS(Models.counter(), SoakScripts.Counters::new),
  /// Lists are appended to and read as a whole, where any loss and any change of order shows.
  LISTS(Models.kvAppend(), SoakScripts.Lists::new),
  /// Records get offsets, and are read by them.
  LOGS(Models.log(), SoakScripts.Logs::new),
  /// Elements come and go.
  SETS(Models.named("set"), SoakScripts.Sets::new),
  /// First in, first out.
  QUEUES(Models.named("queue"), SoakScripts.Queues::new);

  // Models and makers of scripts keep nothing.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Model<?> model;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Supplier<StoreScript> scripts;

  SoakWorkload(Model<?> model, Supplier<StoreScript> scripts) {
    this.model = model;
    this.scripts = scripts;
  }

  Model<?> model() {
    return model;
  }

  /// A new script, for all clients of a run together.
  StoreScript script() {
    return scripts.get();
  }
}
