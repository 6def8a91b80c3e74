package dev.labrys.cluster.sim;

import dev.labrys.history.Seed;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A stormy run, and what there is to compare of it with another.
///
/// @param fingerprint of the simulation
/// @param trace the hash of all lines of the trace
/// @param lines of the trace
/// @param ok calls that succeeded
record Rerun(long fingerprint, String trace, long lines, long ok) {
  private static final long SECOND = 1_000_000_000L;

  /// Prints the run of a seed, so that another process may compare.
  public static void main(String[] arguments) {
    System.out.println(of(new Seed(Long.parseLong(arguments[0])), Integer.parseInt(arguments[1])));
  }

  /// Five servers, open-loop clients and all faults, for so many seconds.
  static Rerun of(Seed seed, int seconds) {
    MessageDigest digest = sha256();
    long[] lines = {0};
    TraceSink hash =
        TraceSink.text(line -> {
          lines[0]++;
          digest.update(line.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
        });
    Simulation simulation =
        Simulation.of(
            SimulationOptions.of(5, () -> new Sessions(new Store())).withObserver(Trace.to(hash)),
            seed);
    RegisterScript script = new RegisterScript(3);
    ClientLoad load =
        ClientLoad.open(
            simulation,
            ClientOptions.DEFAULTS,
            client -> StoreCaller.of(client, script),
            100,
            new Delay.LongTail(0, SECOND / 100, SECOND));
    FaultPlan.draw(
            FaultMix.ALL, simulation.servers(), simulation.random("plan"), 0, seconds * SECOND)
        .play(simulation);
    simulation.runUntil(seconds * SECOND);
    return new Rerun(
        simulation.fingerprint(), HexFormat.of().formatHex(digest.digest()), lines[0], load.ok());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
