package dev.labrys.lab;

import dev.labrys.cluster.sim.SimClient;
import java.util.function.Consumer;

/// A client of a key/value store, which makes one call at a time and does not give up.
interface Clerk {

  /// Adds `text` to what `key` holds, or puts it there: whichever the store knows. It may turn out
  /// that somebody else was faster; `done` is told so or not.
  void add(String key, String text, Runnable done);

  /// Makes `key` hold `text`, whatever anybody else does.
  void put(String key, String text, Runnable done);

  /// Asks what `key` holds, the empty text if nothing.
  void get(String key, Consumer<String> done);

  /// Its place on the network.
  SimClient client();
}
