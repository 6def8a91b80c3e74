package dev.labrys.cluster.machine;

import dev.labrys.cluster.Launch;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Readiness;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/// A [LonelyRunner] with a process in a control group.
final class LonelyGroup {
  private LonelyGroup() {}

  public static void main(String... arguments) throws IOException {
    ControlGroups groups = new ControlGroups(ControlGroups.Use.ONE_FOR_EACH);
    Launch launch =
        new Launch(
            List.of("/bin/sh", "-c", "echo IN; while :; do read nothing || sleep 1; done"),
            new TreeMap<>(),
            new Readiness.Line(""));
    Process member =
        new ProcessBuilder(groups.prepare(NodeId.numbered(1), launch).command()).start();
    if (!"IN".equals(member.inputReader().readLine())) {
      throw new IOException("a process is not in its group");
    }
    LonelyRunner.waitForTheEnd();
  }
}
