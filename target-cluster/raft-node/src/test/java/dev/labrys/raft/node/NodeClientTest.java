package dev.labrys.raft.node;

import static dev.labrys.raft.node.ScriptedServer.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.node.ScriptedServer.Deed;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client says it knows, whatever the servers do to it.
final class NodeClientTest {
  private static final Command PUT = new Command.Put("x", Datum.of(1));
  private static final Query GET = new Query.Get("x");
  private static final Duration LONG = Duration.ofNanos(Await.PATIENCE);
  private static final Duration SHORT = Duration.ofMillis(150);

  private static final Deed OPENED = answer(new SessionAnswer.Opened(7));
  private static final Deed DONE = answer(new SessionAnswer.Executed(new Answer.Done().toBytes()));
  private static final Deed BUSY = say(Reply.BUSY);
  private static final Deed UNKNOWN = say(new Reply.Unknown("leadership-lost", "lost"));
  private static final Deed HANG_UP = new Deed.HangUp();

  private static Deed answer(SessionAnswer answer) {
    return say(new Reply.Answered(answer.toBytes()));
  }

  @Test
  void aCommandIsRepeatedUnderItsNumberUntilItIsAnswered() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(OPENED, BUSY, HANG_UP, UNKNOWN, new Deed.Ignore(), DONE);
        NodeClient client = client(server)) {
      assertThat(client.command(PUT, LONG)).isEqualTo(answered(new Answer.Done()));

      List<Ask> asked = server.asked();
      assertThat(asked).hasSize(6);
      assertThat(asked.subList(1, 6)).containsOnly(asked.get(1));
      assertThat(request(asked.get(1)))
          .isEqualTo(new SessionCommand.Request(7, 1, 1, PUT.toBytes()));
    }
  }

  @Test
  void theNextCommandHasTheNextNumber() throws Exception {
    try (ScriptedServer server = new ScriptedServer(OPENED, DONE, DONE);
        NodeClient client = client(server)) {
      client.command(PUT, LONG);
      client.command(PUT, LONG);

      assertThat(request(server.asked().get(2)))
          .isEqualTo(new SessionCommand.Request(7, 2, 2, PUT.toBytes()));
    }
  }

  @Test
  void whatWasOnlyEverRefusedIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer(OPENED, BUSY, BUSY, BUSY, BUSY, BUSY, BUSY);
        NodeClient client = client(server)) {
      client.command(PUT, Duration.ofMillis(20));

      assertThat(client.unprotected(PUT, Duration.ofMillis(4)))
          .isInstanceOf(ClientOutcome.Refused.class);
    }
  }

  @Test
  void aRefusalAfterALostAttemptSaysNothing() throws Exception {
    Deed refusal = say(new Reply.Refused("too-large", "too large"));
    try (ScriptedServer server = new ScriptedServer(OPENED, HANG_UP, refusal);
        NodeClient client = client(server)) {
      assertThat(client.command(PUT, LONG)).isInstanceOf(ClientOutcome.Unknown.class);
    }
  }

  @Test
  void aCommandThatIsNeverAnsweredIsUnknown() throws Exception {
    try (ScriptedServer server = new ScriptedServer(OPENED);
        NodeClient client = client(server)) {
      assertThat(client.command(PUT, SHORT)).isInstanceOf(ClientOutcome.Unknown.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutProtectionWhatMayHaveArrivedIsNotSentAgain(boolean isLost) throws Exception {
    try (ScriptedServer server = new ScriptedServer(isLost ? HANG_UP : UNKNOWN, DONE);
        NodeClient client = client(server)) {
      assertThat(client.unprotected(PUT, LONG)).isInstanceOf(ClientOutcome.Unknown.class);

      assertThat(server.asked()).hasSize(1);
    }
  }

  @Test
  void withoutProtectionWhatWasRefusedIsSentAgain() throws Exception {
    try (ScriptedServer server = new ScriptedServer(BUSY, DONE);
        NodeClient client = client(server)) {
      assertThat(client.unprotected(PUT, LONG)).isEqualTo(answered(new Answer.Done()));
    }
  }

  @Test
  void aQueryThatIsNeverAnsweredDidNothing() throws Exception {
    try (ScriptedServer server = new ScriptedServer(HANG_UP);
        NodeClient client = client(server)) {
      assertThat(client.query(GET, SHORT)).isInstanceOf(ClientOutcome.Refused.class);
    }
  }

  @Test
  void aSessionThatHasExpiredIsReplacedIfNothingCanHaveHappened() throws Exception {
    Deed expired = answer(new SessionAnswer.Refused(SessionAnswer.Reason.EXPIRED));
    Deed opened = answer(new SessionAnswer.Opened(8));
    try (ScriptedServer server = new ScriptedServer(OPENED, expired, opened, DONE);
        NodeClient client = client(server)) {
      assertThat(client.command(PUT, LONG)).isEqualTo(answered(new Answer.Done()));

      assertThat(request(server.asked().getLast()))
          .isEqualTo(new SessionCommand.Request(8, 1, 1, PUT.toBytes()));
    }
  }

  @Test
  void aSessionThatHasExpiredMeanwhileLeavesTheCommandUnknown() throws Exception {
    Deed expired = answer(new SessionAnswer.Refused(SessionAnswer.Reason.EXPIRED));
    try (ScriptedServer server = new ScriptedServer(OPENED, HANG_UP, expired);
        NodeClient client = client(server)) {
      assertThat(client.command(PUT, LONG)).isInstanceOf(ClientOutcome.Unknown.class);
    }
  }

  @Test
  void itGoesWhereTheLeaderIs() throws Exception {
    try (ScriptedServer leader = new ScriptedServer(DONE);
        ScriptedServer follower = new ScriptedServer(redirect(leader.address()));
        NodeClient client = client(follower)) {
      assertThat(client.unprotected(PUT, LONG)).isEqualTo(answered(new Answer.Done()));
    }
  }

  private static Deed redirect(String leader) {
    Reply reply = new Reply.Refused(Reply.NOT_LEADER, "not the leader", new ServerId(2));
    return new Deed.Say(reply, leader);
  }

  @Test
  void nobodyWhoIsThereIsARefusal() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (NodeClient client = new NodeClient(ClientOptions.of(List.of("127.0.0.1:" + port)))) {
      assertThat(client.command(PUT, SHORT)).isInstanceOf(ClientOutcome.Refused.class);
    }
  }

  private static NodeClient client(ScriptedServer server) {
    return new NodeClient(
        new ClientOptions(
            List.of(server.address()), "", ClientOptions.Redirects.FOLLOW, Duration.ofMillis(50)));
  }

  private static ClientOutcome answered(Answer answer) {
    return new ClientOutcome.Answered(answer);
  }

  private static SessionCommand request(Ask ask) throws WireFormatException, IOException {
    if (ask instanceof Ask.Command(Bytes bytes)) {
      return SessionCommand.of(bytes);
    }
    throw new IOException("this is no command: " + ask);
  }
}
