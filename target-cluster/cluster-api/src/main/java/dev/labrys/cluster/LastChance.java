package dev.labrys.cluster;

import java.io.Closeable;
import java.io.IOException;

/// Removes what would outlive this process, if the JVM ends before somebody has done so.
public final class LastChance implements Closeable {
  private final Thread hook;

  /// @param loss in words, if the removal fails: `a disk is left behind`
  public LastChance(String loss, Timeline.Deed removal) {
    this.hook = new Thread(() -> take(loss, removal), "last-chance");
  }

  /// From now on there is something to be removed.
  public void begin() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void take(String loss, Timeline.Deed removal) {
    try {
      removal.perform();
    } catch (IOException | RuntimeException failed) {
      System.err.println(
          "labrys: %s, which `labrys clean` removes: %s".formatted(loss, failed.getMessage()));
      for (Throwable other : failed.getSuppressed()) {
        System.err.println("labrys: also: " + other.getMessage());
      }
    }
  }

  /// It is removed.
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM is ending already: the hook finds nothing.
    }
  }
}
