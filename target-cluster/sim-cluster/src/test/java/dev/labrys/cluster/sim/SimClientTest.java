package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.N2;
import static dev.labrys.cluster.sim.Puppet.N3;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static dev.labrys.cluster.sim.Puppet.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Event;
import dev.labrys.history.Outcome;
import dev.labrys.history.Seed;
import dev.labrys.history.Value;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.Response;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimClientTest {
  private static final ClientCall WRITE = call(ClientCall.Kind.COMMAND);
  private static final ClientCall READ = call(ClientCall.Kind.QUERY);

  private final List<Event> journal = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<ServerId> asked = new ArrayList<>();

  private static ClientCall call(ClientCall.Kind kind) {
    return new ClientCall(
        "f",
        Value.nil(),
        Value.of(1),
        kind,
        Bytes.of("hello"),
        output -> Outcome.ok(Value.of(output.text())));
  }

  /// What a server does about a request.
  private interface Behaviour {
    List<Effect> answer(ServerId server, RequestId request);
  }

  private Simulation servers(Behaviour behaviour) {
    SimulationOptions options =
        Puppet.options(
            3,
            (puppet, _, input) ->
                switch (input) {
                  case Input.Proposed(RequestId request, Bytes _) -> {
                    asked.add(puppet.id);
                    yield behaviour.answer(puppet.id, request);
                  }
                  case Input.ReadRequested(RequestId request, Bytes _) -> {
                    asked.add(puppet.id);
                    yield behaviour.answer(puppet.id, request);
                  }
                  default -> List.of();
                });
    return Simulation.of(
        options.withObserver(
            new Observer() {
              @Override
              public void recorded(long timeNanos, Event event) {
                assertThat(event.time()).isEqualTo(timeNanos);
                journal.add(event);
              }
            }),
        new Seed(2));
  }

  private static List<Effect> executed(RequestId request) {
    return List.of(new Effect.Apply(entry(1, 1), request));
  }

  private static List<Effect> refused(
      RequestId request, Response.Refusal refusal, ServerId leader) {
    return List.of(new Effect.Answer(request, new Response.Refused(refusal, leader)));
  }

  private SimClient run(Simulation simulation, ClientOptions options, ClientCall... calls) {
    SimClient client = simulation.client(options);
    for (ClientCall call : calls) {
      client.call(call, outcomes::add);
      simulation.run(30 * SECOND);
    }
    return client;
  }

  @Test
  void anAnswerIsTheOutcome() {
    Simulation simulation = servers((_, request) -> executed(request));

    run(simulation, ClientOptions.DEFAULTS, WRITE);

    assertThat(journal)
        .containsExactly(
            new Event.Invoked(0, "f", Value.nil(), Value.of(1), 0),
            new Event.Completed(0, Outcome.ok(Value.of("done x1")), 2 * MILLI));
    assertThat(outcomes).containsExactly(Outcome.ok(Value.of("done x1")));
  }

  @Test
  void aClientFollowsTheHintAndStaysWithTheLeader() {
    Simulation simulation =
        servers((server, request) ->
            server.equals(N2)
                ? executed(request)
                : refused(request, Response.Refusal.NOT_LEADER, N2));

    run(simulation, ClientOptions.DEFAULTS, WRITE, READ, WRITE);

    assertThat(outcomes).hasSize(3).allMatch(Outcome.Ok.class::isInstance);
    assertThat(asked.subList(asked.size() - 3, asked.size())).containsExactly(N2, N2, N2);
    assertThat(asked.size()).isBetween(3, 4);
  }

  @Test
  void aClientWithoutAHintAsksAllInTurn() {
    Simulation simulation =
        servers((_, request) -> refused(request, Response.Refusal.NOT_LEADER, ServerId.NOBODY));

    run(simulation, ClientOptions.DEFAULTS, WRITE);

    assertThat(asked).hasSizeGreaterThan(100).contains(N1, N2, N3);
    assertThat(asked.get(3)).isEqualTo(asked.get(0));
    assertThat(outcomes).containsExactly(Outcome.failed());
  }

  @Test
  void aClientAsksAnotherWhenTheOneIsSilent() {
    Simulation simulation =
        servers((server, request) -> server.equals(N3) ? executed(request) : List.of());

    run(simulation, ClientOptions.DEFAULTS, WRITE);

    assertThat(outcomes).containsExactly(Outcome.ok(Value.of("done x1")));
  }

  @Test
  void silenceIsUnknown() {
    Simulation simulation = servers((_, _) -> List.of());

    SimClient client = run(simulation, ClientOptions.DEFAULTS, WRITE, WRITE);

    assertThat(outcomes).containsExactly(Outcome.unknown(), Outcome.unknown());
    assertThat(asked).hasSize(20);
    assertThat(journal.stream().filter(Event.Invoked.class::isInstance))
        .extracting(event -> ((Event.Invoked) event).process())
        .containsExactly(0, 1);
    assertThat(client.process()).isEqualTo(2);
  }

  @Test
  void silenceAboutAReadIsHarmless() {
    Simulation simulation = servers((_, _) -> List.of());

    run(simulation, ClientOptions.DEFAULTS, READ);

    assertThat(outcomes).containsExactly(Outcome.failed());
  }

  @Test
  void aRefusalAfterSilenceIsUnknown() {
    Simulation simulation =
        servers((_, request) ->
            asked.size() == 1
                ? List.of()
                : refused(request, Response.Refusal.NOT_LEADER, ServerId.NOBODY));

    run(simulation, ClientOptions.DEFAULTS, WRITE);

    assertThat(outcomes).containsExactly(Outcome.unknown());
  }

  @Test
  void whatALostLeaderDidIsUnknown() {
    Simulation simulation =
        servers((_, request) -> refused(request, Response.Refusal.LEADERSHIP_LOST, N1));

    run(simulation, ClientOptions.DEFAULTS.with(ClientOptions.Repetition.HARMLESS), WRITE);

    assertThat(asked).hasSize(1);
    assertThat(outcomes).containsExactly(Outcome.unknown());
  }

  @Test
  void aLateAnswerToAnEarlierAttemptCounts() {
    Simulation late = servers((_, request) -> asked.size() == 1 ? executed(request) : List.of());
    late.network()
        .clientWeather(parcel ->
            parcel.arriveAfter(parcel.kind() == MessageKind.CLIENT_REPLY ? 3 * SECOND : MILLI));

    run(late, ClientOptions.DEFAULTS, WRITE);

    assertThat(asked.size()).isGreaterThan(2);
    assertThat(outcomes).containsExactly(Outcome.ok(Value.of("done x1")));
  }

  @Test
  void anAnswerToTheCallBeforeIsIgnored() {
    Simulation simulation =
        servers((_, request) -> asked.size() == 1 ? executed(request) : List.of());
    simulation
        .network()
        .clientWeather(parcel ->
            parcel.arriveAfter(parcel.kind() == MessageKind.CLIENT_REPLY ? 11 * SECOND : MILLI));
    SimClient client = simulation.client(ClientOptions.DEFAULTS);

    client.call(
        WRITE,
        outcome -> {
          outcomes.add(outcome);
          client.call(READ, outcomes::add);
        });
    simulation.run(60 * SECOND);

    assertThat(outcomes).containsExactly(Outcome.unknown(), Outcome.failed());
  }

  @Test
  void aCutClientIsAlone() {
    Simulation simulation = servers((_, request) -> executed(request));
    SimClient client = simulation.client(ClientOptions.DEFAULTS);
    for (ServerId server : simulation.servers()) {
      simulation.network().cutClient(client.number(), server);
    }

    client.call(WRITE, outcomes::add);
    simulation.run(5 * SECOND);
    assertThat(asked).isEmpty();
    simulation.network().healClient(client.number(), N1);
    simulation.run(25 * SECOND);

    assertThat(asked).containsExactly(N1);
    assertThat(outcomes).containsExactly(Outcome.ok(Value.of("done x1")));
  }

  @Test
  void aServerMayBeCutOffAllClients() {
    Simulation simulation = servers((_, request) -> executed(request));
    simulation.servers().forEach(simulation.network()::cutClients);

    run(simulation, ClientOptions.DEFAULTS, WRITE);

    assertThat(asked).isEmpty();
    assertThat(outcomes).containsExactly(Outcome.unknown());
    assertThat(simulation.network().lost(MessageKind.CLIENT_REQUEST)).isEqualTo(10);
  }

  @Test
  void aClientMayComeLate() {
    Simulation simulation = servers((_, _) -> List.of());
    simulation.run(100 * SECOND);

    run(simulation, ClientOptions.DEFAULTS, WRITE);

    assertThat(asked).hasSize(10);
  }

  @Test
  void oneCallAtATime() {
    Simulation simulation = servers((_, _) -> List.of());
    SimClient client = simulation.client(ClientOptions.DEFAULTS);

    client.call(WRITE, outcomes::add);

    assertThat(client.isBusy()).isTrue();
    assertThatThrownBy(() -> client.call(WRITE, outcomes::add)).hasMessageContaining("already");
  }
}
