package dev.labrys.cluster.process;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.Program;
import dev.labrys.cluster.Readiness;
import dev.labrys.cluster.Site;
import java.util.List;
import java.util.TreeMap;

/// Runs a shell script that says READY and then does nothing for long.
record Sleeper(String script) implements Program {
  static final Sleeper GOOD = new Sleeper("echo started >>starts; echo READY; exec sleep 1000");

  /// One that first says which interfaces it sees.
  static final Sleeper LOOKING_AROUND = new Sleeper("ip addr show; echo READY; exec sleep 1000");

  @Override
  public String name() {
    return "sleeper";
  }

  @Override
  public List<String> ports() {
    return List.of(PEER_PORT, CLIENT_PORT);
  }

  @Override
  public Launch launch(Site site) {
    return new Launch(
        List.of("/bin/sh", "-c", script), new TreeMap<>(), new Readiness.Line("READY"));
  }
}
