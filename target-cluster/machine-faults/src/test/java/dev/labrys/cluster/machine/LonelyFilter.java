package dev.labrys.cluster.machine;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A [LonelyRunner] with a packet filter and, where there can be one, a packet queue.
final class LonelyFilter {
  private LonelyFilter() {}

  public static void main(String... arguments) throws IOException {
    KernelLinks links = KernelLinks.begin();
    links.onBridge(Optional.empty());
    if (links.add(Capabilities.none()).has(Capability.DELAY_LINKS)) {
      NodeId n1 = NodeId.numbered(1);
      NodeId n2 = NodeId.numbered(2);
      links.between(new Party.Member(n1), n2, new Address("192.0.2.2", 7), "192.0.2.9");
      links.between(new Party.Member(n2), n1, new Address("192.0.2.1", 7), "192.0.2.9");
      links.set(Map.of(Way.between(n1, n2), new Passage.Late(1, 0)));
    }
    LonelyRunner.waitForTheEnd();
  }
}
