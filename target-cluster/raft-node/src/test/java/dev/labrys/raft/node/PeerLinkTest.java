package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ways between nodes, when networks fail without a word.
final class PeerLinkTest {
  private static final ServerId N1 = new ServerId(1);
  private static final ServerId N2 = new ServerId(2);

  @TempDir private Path folder;

  @Test
  void messagesGoOnWhereOnlyTheWayBackIsCut() throws Exception {
    try (TestNodes nodes = TestNodes.started(folder, 2, "election-min=1s", "election-max=2s");
        Relay relay = new Relay(nodes.node(N2).ports().peer().address())) {
      Node n1 = nodes.node(N1);
      n1.tell(N2, relay.address());
      Await.until("n1 reaches n2 by the relay", () -> relay.connections() == 1 && isUp(n1));
      lead(nodes, N1);

      relay.hold(Relay.Direction.BACK);
      Await.until("n1 is in doubt", () -> relay.connections() > 1);

      changeSomething(n1);
      assertThat(Await.done(n1.status()).server().role()).isEqualTo(Status.RoleName.LEADER);
    }
  }

  @Test
  void anotherConnectionTakesThePlaceOfADeadOne() throws Exception {
    try (TestNodes nodes = TestNodes.started(folder, 2);
        Relay relay = new Relay(nodes.node(N2).ports().peer().address())) {
      Node n1 = nodes.node(N1);
      n1.tell(N2, relay.address());
      Await.until("n1 reaches n2 by the relay", () -> relay.connections() == 1 && isUp(n1));

      relay.swallow();
      Await.until("n1 is in doubt", () -> relay.connections() > 1);

      changeSomething(nodes.leader());
    }
  }

  /// Changes what takes messages in both directions.
  private static void changeSomething(Node leader) {
    Ask change = new Ask.Membership(Configuration.ofVoters(2).voters(), List.of(new ServerId(3)));
    assertThat(Await.done(leader.ask(change, Await.PATIENCE))).isEqualTo(new Reply.Done());
  }

  private static void lead(TestNodes nodes, ServerId target) {
    Await.until(
        target + " leads",
        () -> {
          Node leader = nodes.leader();
          return leader.options().node().equals(target)
              || Await.done(leader.ask(new Ask.Transfer(target), Await.PATIENCE))
                  instanceof Reply.Done;
        });
    assertThat(nodes.leader().options().node()).isEqualTo(target);
  }

  private static boolean isUp(Node n1) {
    NodeStatus.Link link = Await.done(n1.status()).links().get(N2);
    return link != null && link.isUp();
  }
}
