package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.N2;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static dev.labrys.cluster.sim.Puppet.entry;
import static dev.labrys.cluster.sim.Puppet.message;
import static dev.labrys.cluster.sim.Puppet.persist;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The contract of [Effect], as the other servers and the clients see it.
final class ServerProcessTest {
  private static final Bytes GO = Bytes.of("go");

  /// Lets `n1` want `effects` when it is told to go.
  private static Simulation wanting(Effect... effects) {
    return Puppet.simulation(
        2, (_, _, input) -> input instanceof Input.Proposed ? List.of(effects) : List.of());
  }

  private static void go(Simulation simulation) {
    simulation.server(N1).propose(GO, _ -> {});
  }

  /// When each message arrived at `n2`, by its term.
  private static List<String> arrivals(Simulation simulation) {
    long start = Puppet.at(simulation, N2).told.getFirst().nowNanos();
    List<String> arrivals = new ArrayList<>();
    for (Puppet.Told told : Puppet.at(simulation, N2).told) {
      if (told.input() instanceof Input.Received(ServerId _, Message message)) {
        arrivals.add("%d at %d ms".formatted(message.term(), (told.nowNanos() - start) / MILLI));
      }
    }
    return arrivals;
  }

  private static Effect send(long term) {
    return new Effect.Send(N2, message(term));
  }

  private static Effect sendAtOnce(long term) {
    return new Effect.SendAtOnce(N2, message(term));
  }

  @Test
  void whatFollowsAWriteWaitsForIt() {
    Simulation simulation = wanting(send(1), persist(1, entry(1, 1)), send(2));

    go(simulation);
    simulation.runUntil(SECOND);

    assertThat(arrivals(simulation)).containsExactly("1 at 1 ms", "2 at 11 ms");
  }

  @Test
  void whatIsSentAtOnceDoesNotWait() {
    Simulation simulation = wanting(persist(1, entry(1, 1)), send(1), sendAtOnce(2));

    go(simulation);
    simulation.runUntil(SECOND);

    assertThat(arrivals(simulation)).containsExactly("2 at 1 ms", "1 at 11 ms");
  }

  @Test
  void theEffectsOfLaterStepsQueueBehindAWrite() {
    int[] steps = {0};
    Simulation simulation =
        Puppet.simulation(
            2,
            (_, _, input) ->
                input instanceof Input.Proposed
                    ? ++steps[0] == 1 ? List.of(persist(1, entry(1, 1)), send(1)) : List.of(send(2))
                    : List.of());

    go(simulation);
    go(simulation);
    simulation.runUntil(SECOND);

    assertThat(steps[0]).isEqualTo(2);
    assertThat(arrivals(simulation)).containsExactly("1 at 11 ms", "2 at 11 ms");
  }

  @Test
  void eachWriteIsReportedInOrder() {
    Effect.Persist first = persist(1, entry(1, 1));
    Effect.Persist second = persist(1, entry(2, 1));
    Effect.Persist third = persist(1, entry(3, 1));
    Simulation simulation = wanting(first, send(1), second, third, send(2));

    go(simulation);
    simulation.runUntil(SECOND);

    assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class))
        .extracting(Input.Persisted::write)
        .containsExactly(first, second, third);
    // The second and the third are one write to the disk.
    assertThat(arrivals(simulation)).containsExactly("1 at 11 ms", "2 at 21 ms");
  }

  @Test
  void anAnswerWaitsForTheWriteBeforeIt() {
    List<String> log = new ArrayList<>();
    Simulation simulation =
        Puppet.simulation(
            1,
            (_, _, input) ->
                input instanceof Input.Proposed(var request, var _)
                    ? List.of(persist(1, entry(1, 1)), new Effect.Apply(entry(1, 1), request))
                    : List.of());

    simulation
        .server(N1)
        .propose(GO, reply -> log.add(simulation.nowNanos() / MILLI + " ms: " + output(reply)));
    simulation.runUntil(SECOND);

    assertThat(log).containsExactly("10 ms: done x1");
  }

  private static String output(Reply reply) {
    return reply instanceof Reply.Output(Bytes output) ? output.text() : reply.toString();
  }

  @Test
  void theMachineIsAskedAndRestored() {
    List<String> log = new ArrayList<>();
    Simulation simulation =
        Puppet.simulation(
            1,
            (_, _, input) ->
                switch (input) {
                  case Input.ReadRequested(var request, var query) ->
                      List.of(
                          new Effect.Apply(entry(1, 1), dev.labrys.raft.RequestId.NOBODY),
                          new Effect.Query(request, query),
                          new Effect.TakeSnapshot());
                  case Input.TransferRequested(var request, var _) ->
                      List.of(new Effect.Answer(request, new Response.Done()));
                  default -> List.of();
                });

    simulation.server(N1).read(Bytes.of("all"), reply -> log.add(output(reply)));
    simulation.server(N1).transfer(N1, reply -> log.add(output(reply)));

    assertThat(log).containsExactly("all of x1", "Done[]");
    assertThat(simulation.server(N1).applied()).isEqualTo(1);
    assertThat(Puppet.at(simulation, N1).told(Input.SnapshotTaken.class))
        .containsExactly(new Input.SnapshotTaken(1, Bytes.of("x1")));
  }

  @Test
  void aCrashMayComeBetweenAnyTwoEffects() {
    for (int effects = 1; effects <= 3; effects++) {
      Simulation simulation = wanting(send(1), send(2), send(3), send(4));
      simulation.crashAfter(N1, effects);

      go(simulation);
      simulation.runUntil(SECOND);

      assertThat(simulation.server(N1).isUp()).isFalse();
      assertThat(arrivals(simulation)).hasSize(effects);
    }
  }

  @Test
  void aCrashDuringAWriteLeavesAPartOfItAndNothingAfterIt() {
    List<Integer> left = new ArrayList<>();
    for (int seed = 0; seed < 30; seed++) {
      Simulation simulation =
          Simulation.of(
              Puppet.options(
                  2,
                  (_, _, input) ->
                      input instanceof Input.Proposed
                          ? List.of(persist(1, entry(1, 1), entry(2, 1)), send(1))
                          : List.of()),
              new Seed(seed));
      go(simulation);
      simulation.runUntil(5 * MILLI);
      simulation.crash(N1);
      simulation.start(N1);
      simulation.runUntil(SECOND);

      assertThat(arrivals(simulation)).isEmpty();
      assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).isEmpty();
      left.add(Puppet.at(simulation, N1).stored.entries().size());
    }

    assertThat(left).contains(0, 1, 2);
  }

  @Test
  void whoWaitsForAServerThatEndsIsTold() {
    List<Reply> replies = new ArrayList<>();
    Simulation simulation = wanting();

    simulation.server(N1).propose(GO, replies::add);
    simulation.crash(N1);

    assertThat(replies).containsExactly(new Reply.Lost());
    assertThatThrownBy(() -> simulation.server(N1).status()).hasMessageContaining("n1 is down");
  }

  @Test
  void aPausedServerHearsItAllLater() {
    Simulation simulation = wanting(send(1), send(2));

    simulation.pause(N2);
    go(simulation);
    simulation.runUntil(100 * MILLI);
    assertThat(arrivals(simulation)).isEmpty();
    simulation.resume(N2);

    assertThat(arrivals(simulation)).containsExactly("1 at 100 ms", "2 at 100 ms");
  }

  @Test
  void aPausedServerDoesNotSeeItsWriteDone() {
    Simulation simulation = wanting(persist(1, entry(1, 1)), send(1));

    go(simulation);
    simulation.pause(N1);
    simulation.runUntil(100 * MILLI);
    assertThat(simulation.disk(N1).synced().entries()).hasSize(1);
    assertThat(arrivals(simulation)).isEmpty();
    simulation.resume(N1);
    simulation.run(10 * MILLI);

    assertThat(arrivals(simulation)).containsExactly("1 at 101 ms");
    assertThat(Puppet.at(simulation, N1).told(Input.Persisted.class)).hasSize(1);
  }

  @Test
  void aSlowServerTakesOneStepAfterTheOther() {
    Simulation simulation = wanting(send(1), send(2), send(3));

    simulation.slowDown(N2, 7 * MILLI);
    go(simulation);
    simulation.runUntil(SECOND);

    assertThat(arrivals(simulation)).containsExactly("1 at 1 ms", "2 at 8 ms", "3 at 15 ms");
  }
}
