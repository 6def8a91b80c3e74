package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import dev.labrys.raft.store.Step;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes in one process, over real sockets.
final class NodeTest {
  private static final long BUDGET = TimeUnit.SECONDS.toNanos(30);

  @Test
  void threeNodesElectALeaderAndReplicate(@TempDir Path folder) throws Exception {
    try (TestNodes nodes = TestNodes.started(folder, 3)) {
      Node leader = nodes.leader();

      assertThat(ask(leader, new Command.Put("x", Datum.of(5)))).isEqualTo(new Answer.Done());

      for (Node node : nodes.all()) {
        assertThat(ask(node, new Query.Get("x"))).isEqualTo(new Answer.Found(Datum.of(5)));
      }
    }
  }

  private static Answer ask(Node node, Step step) throws Exception {
    Bytes bytes = new SessionCommand.Unprotected(step.toBytes()).toBytes();
    Ask ask = step instanceof Query ? new Ask.Query(bytes) : new Ask.Command(bytes);
    Reply reply = Await.done(node.ask(ask, BUDGET));
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    SessionAnswer answer = SessionAnswer.of(((Reply.Answered) reply).answer());
    assertThat(answer).isInstanceOf(SessionAnswer.Executed.class);
    return Answer.of(((SessionAnswer.Executed) answer).answer());
  }
}
