package dev.labrys.cluster.container;

import dev.labrys.cluster.LastChance;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Sees to it that a run leaves nothing at the engine: when it is closed, or else when the JVM ends
/// in any way that lets it speak.
final class Removal implements AutoCloseable {
  private static final long POLITE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Belongings belongings;
  private final String run;
  private final LastChance lastChance =
      new LastChance("containers are left behind", this::removeAtLast);
  private boolean isClosed;

  /// @param run the id of the run
  Removal(Belongings belongings, String run) {
    this.belongings = belongings;
    this.run = run;
    lastChance.begin();
  }

  private void removeAtLast() throws IOException {
    if (Boolean.parseBoolean(System.getenv(UnaskedDownloads.RYUK_DISABLED))) {
      // Testcontainers then removes containers in a hook of its own, and trips over those that
      // somebody else removes.
      belongings.awaitNoContainers(run, POLITE_NANOS);
    }
    belongings.remove(run);
  }

  @Override
  public void close() throws IOException {
    if (isClosed) {
      return;
    }
    belongings.remove(run);
    isClosed = true;
    lastChance.close();
  }
}
