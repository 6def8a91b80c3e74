package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.N2;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static dev.labrys.cluster.sim.Puppet.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Content;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.Message;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TraceTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void aTraceTellsWhatHappens() {
    Simulation simulation =
        Simulation.of(
            Puppet.options(
                    2,
                    (_, now, input) ->
                        input instanceof Input.Proposed(var request, var _)
                            ? List.of(
                                new Effect.SetTimer(now + 5 * MILLI),
                                Puppet.persist(3, entry(1, 3)),
                                new Effect.Send(N2, Puppet.message(3)),
                                new Effect.Apply(entry(1, 3), request))
                            : List.of())
                .withObserver(Trace.to(TraceSink.text(lines::add))),
            new Seed(1));
    simulation.clock(N1).jump(7_200 * SECOND - simulation.clock(N1).nowNanos());

    simulation.server(N1).propose(Bytes.of("go"), _ -> {});
    simulation.runUntil(10 * MILLI);
    simulation.announce("lightning");
    simulation.powerLoss(N2);
    simulation.runUntil(SECOND);

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            0.000000000 n1 FAULT starts with term 0, vote nobody, snapshot to 0/0, no entries
            0.000000000 n2 FAULT starts with term 0, vote nobody, snapshot to 0/0, no entries
            0.000000000 n1 CLIENT #1 command "go"
            0.000000000 n1 TIMER timer at 7200.005000000 of its clock
            0.005000000 n1 TIMER timer fires
            0.010000000 n1 DISK stored term 3, vote nobody, entry 1/3
            0.010000000 n1 NET → n2 asks to stand at once, term 3
            0.010000000 n1 APPLY applies 1/3: "x1"
            0.010000000 - FAULT lightning
            0.010000000 n2 FAULT ends
            0.011000000 n1 NET ✗ n2 asks to stand at once, term 3 (receiver down)\
            """);
  }

  @Test
  void everyTopicComesUp() {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    TraceSink sink = (_, _, topic, _) -> topics.add(topic);
    Simulation simulation =
        Simulation.of(
            SimulationOptions.of(3, () -> new Sessions(new Store())).withObserver(Trace.to(sink)),
            new Seed(1));
    RegisterScript script = new RegisterScript(1);
    ClientLoad.closed(
        simulation,
        ClientOptions.DEFAULTS,
        client -> StoreCaller.of(client, script),
        2,
        new Delay.Fixed(20 * MILLI));

    simulation.runUntil(5 * SECOND);
    simulation.servers().forEach(id -> simulation.server(id).takeSnapshot());
    simulation.runUntil(6 * SECOND);

    assertThat(topics).containsExactlyInAnyOrder(Topic.values());
  }

  @Test
  void everyMessageHasItsWords() {
    LogPosition last = new LogPosition(7, 3);
    assertThat(
            List.of(
                MessageText.of(new Message.RequestVote(4, last, Campaign.PRE_VOTE)),
                MessageText.of(new Message.RequestVote(4, last, Campaign.ELECTION)),
                MessageText.of(new Message.RequestVote(4, last, Campaign.TRANSFER)),
                MessageText.of(new Message.VoteReply(4, 5, Campaign.PRE_VOTE, true)),
                MessageText.of(new Message.VoteReply(4, 4, Campaign.ELECTION, false)),
                MessageText.of(new Message.AppendEntries(4, last, List.of(), 6, 9)),
                MessageText.of(
                    new Message.AppendEntries(4, last, List.of(entry(8, 4), entry(9, 4)), 6, 10)),
                MessageText.of(new Message.AppendAccepted(4, 9, 8)),
                MessageText.of(new Message.AppendRejected(4, 9, 7, new Message.Conflict(0, 3, 2))),
                MessageText.of(new Message.AppendRejected(4, 9, 7, new Message.Conflict(2, 5, 7))),
                MessageText.of(
                    new Message.InstallSnapshot(
                        4, last, Configuration.ofVoters(3), 2, Bytes.of("abc"), 10, 11)),
                MessageText.of(new Message.SnapshotReply(4, last, 5, 11)),
                MessageText.of(new Message.TimeoutNow(4)),
                MessageText.of(new Message.ReadIndex(4, 12)),
                MessageText.of(new Message.ReadIndexReply(4, 12, 8)),
                MessageText.of(new Message.ReadIndexReply(4, 12, Message.ReadIndexReply.REFUSED))))
        .containsExactly(
            "asks for a pre-vote with a log to 7/3, term 4",
            "asks for a vote with a log to 7/3, term 4",
            "asks for a vote by transfer with a log to 7/3, term 4",
            "grants pre-vote for term 5, term 4",
            "denies vote for term 4, term 4",
            "heartbeat after 7/3, committed 6, round 9, term 4",
            "entries 8/4..9/4 after 7/3, committed 6, round 10, term 4",
            "accepts up to 8, round 9, term 4",
            "rejects after 7, has a log to 2, round 9, term 4",
            "rejects after 7, has term 2 from 5, a log to 7, round 9, term 4",
            "snapshot to 7/3, bytes 2..5 of 10, round 11, term 4",
            "has snapshot to 7/3 up to byte 5, round 11, term 4",
            "asks to stand at once, term 4",
            "asks for a read index, read 12, term 4",
            "gives read index 8, read 12, term 4",
            "refuses a read index, read 12, term 4");
  }

  @Test
  void everyContentHasItsWords() {
    assertThat(MessageText.content(new Content.Noop())).isEqualTo("nothing");
    assertThat(MessageText.content(new Content.Membership(Configuration.ofVoters(2))))
        .isEqualTo("cluster [n1, n2]");
    assertThat(MessageText.millis(1_250_000)).isEqualTo("1.25");
    assertThat(new ServerId(3)).hasToString("n3");
  }
}
