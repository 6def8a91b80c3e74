package dev.labrys.cluster.sim;

import static dev.labrys.cluster.sim.Puppet.MILLI;
import static dev.labrys.cluster.sim.Puppet.N1;
import static dev.labrys.cluster.sim.Puppet.N2;
import static dev.labrys.cluster.sim.Puppet.N3;
import static dev.labrys.cluster.sim.Puppet.SECOND;
import static dev.labrys.cluster.sim.Puppet.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimNetworkTest {
  private static final Delay MOMENT = new Delay.Uniform(MILLI, 20 * MILLI);

  private long sent;

  /// Three servers, each of which sends a message to both others when it is told to go.
  private final Simulation simulation =
      Puppet.simulation(
          3,
          (puppet, _, input) -> {
            List<Effect> effects = new ArrayList<>();
            if (input instanceof Input.Proposed) {
              sent++;
              for (ServerId other : List.of(N1, N2, N3)) {
                if (!other.equals(puppet.id)) {
                  effects.add(new Effect.Send(other, message(sent)));
                }
              }
            }
            return effects;
          });

  private final SimNetwork network = simulation.network();

  private void go(ServerId server) {
    simulation.server(server).propose(Bytes.EMPTY, _ -> {});
  }

  private void allGo() {
    simulation.servers().forEach(this::go);
  }

  /// Whom each server has heard, as `1<2` for n1 having heard n2.
  private List<String> heard() {
    List<String> heard = new ArrayList<>();
    for (ServerId id : simulation.servers()) {
      for (Input.Received received : Puppet.at(simulation, id).told(Input.Received.class)) {
        heard.add(id.number() + "<" + received.from().number());
      }
    }
    return heard;
  }

  private List<Long> received(ServerId server) {
    return Puppet.at(simulation, server).told(Input.Received.class).stream()
        .map(Input.Received::message)
        .map(Message::term)
        .toList();
  }

  @Test
  void everybodyHearsEverybody() {
    allGo();
    simulation.runUntil(SECOND);

    assertThat(heard()).containsExactly("1<2", "1<3", "2<1", "2<3", "3<1", "3<2");
  }

  @Test
  void aCutGoesOneWay() {
    network.cut(N1, N2);
    allGo();
    simulation.runUntil(SECOND);

    assertThat(heard()).containsExactly("1<2", "1<3", "2<3", "3<1", "3<2");
    assertThat(network.isOpen(N1, N2)).isFalse();
    assertThat(network.isOpen(N2, N1)).isTrue();
  }

  @Test
  void aCutStopsWhatIsUnderWay() {
    allGo();
    network.cut(N1, N2);
    simulation.runUntil(SECOND);

    assertThat(heard()).doesNotContain("2<1").hasSize(5);
    assertThat(network.lost()).isEqualTo(1);
  }

  @Test
  void anIsolatedServerIsAlone() {
    network.isolate(N2);
    allGo();
    simulation.runUntil(SECOND);
    assertThat(heard()).containsExactly("1<3", "3<1");
    network.reconnect(N2);
    go(N2);
    simulation.run(SECOND);

    assertThat(heard()).contains("1<2", "3<2");
  }

  @Test
  void isolationAndCutsAreIndependent() {
    network.cut(N1, N2);
    network.isolate(N2);
    network.reconnect(N2);

    assertThat(network.isOpen(N1, N2)).isFalse();
    network.healAll();
    assertThat(network.isOpen(N1, N2)).isTrue();
  }

  @Test
  void aPartitionLeavesGroups() {
    network.partition(List.of(List.of(N1, N3)));
    allGo();
    simulation.runUntil(SECOND);

    assertThat(heard()).containsExactly("1<3", "3<1");
  }

  @Test
  void aMessageDoesNotOutliveItsReceiver() {
    go(N1);
    simulation.crash(N2);
    simulation.start(N2);
    simulation.runUntil(SECOND);

    assertThat(heard()).containsExactly("3<1");
  }

  @Test
  void aMessageOutlivesItsSender() {
    go(N1);
    simulation.crash(N1);
    simulation.start(N1);
    simulation.runUntil(SECOND);

    assertThat(heard()).containsExactly("2<1", "3<1");
  }

  @Test
  void nobodyAnswersForAServerThatIsDown() {
    simulation.crash(N2);
    go(N1);
    simulation.start(N2);
    simulation.runUntil(SECOND);

    assertThat(heard()).containsExactly("3<1");
  }

  @Test
  void orderIsKept() {
    network.weather(new Weather(MOMENT, 0, 0, 100, MOMENT, Weather.Order.AS_SENT));
    sendMany();

    assertThat(received(N2)).hasSize(500).isSorted();
  }

  @Test
  void orderIsNotKept() {
    network.weather(new Weather(MOMENT, 0, 0, 0, Delay.NONE, Weather.Order.BY_DELAY));
    sendMany();

    List<Long> sorted = received(N2).stream().sorted().toList();
    assertThat(received(N2)).hasSize(500).isNotEqualTo(sorted);
    assertThat(sorted).doesNotHaveDuplicates();
  }

  @Test
  void someGetLost() {
    network.weather(new Weather(MOMENT, 250, 0, 0, Delay.NONE, Weather.Order.AS_SENT));
    sendMany();

    assertThat(received(N2)).hasSizeBetween(330, 420);
    assertThat(network.messages()).isEqualTo(1_000);
    assertThat(network.lost()).isEqualTo(1_000 - received(N2).size() - received(N3).size());
  }

  @Test
  void someComeTwice() {
    network.weather(new Weather(MOMENT, 0, 250, 0, Delay.NONE, Weather.Order.AS_SENT));
    sendMany();

    assertThat(received(N2)).hasSizeBetween(580, 670);
    assertThat(received(N2).stream().distinct()).hasSize(500);
  }

  @Test
  void someAreLate() {
    network.weather(
        new Weather(MOMENT, 0, 0, 250, new Delay.Fixed(3 * SECOND), Weather.Order.BY_DELAY));
    for (int i = 0; i < 500; i++) {
      go(N1);
    }
    simulation.run(SECOND);
    assertThat(received(N2)).hasSizeBetween(330, 420);
    simulation.run(3 * SECOND);

    assertThat(received(N2)).hasSize(500);
  }

  private void sendMany() {
    for (int i = 0; i < 500; i++) {
      go(N1);
      simulation.run(MILLI / 2);
    }
    simulation.run(SECOND);
  }

  @Test
  void oneLinkMayBeWorse() {
    network.weather(N1, N2, _ -> {});
    allGo();
    simulation.runUntil(SECOND);
    assertThat(heard()).doesNotContain("2<1").hasSize(5);
    network.usualWeather();
    go(N1);
    simulation.run(SECOND);

    assertThat(heard()).contains("2<1");
  }

  @Test
  void aCourierSeesWhatItCarries() {
    List<String> carried = new ArrayList<>();
    network.weather(parcel -> {
      carried.add(parcel.from() + ">" + parcel.to() + " " + parcel.kind());
      parcel.arriveAfter(MILLI);
      parcel.arriveAfter(2 * MILLI);
    });

    go(N1);
    simulation.runUntil(SECOND);

    assertThat(carried).containsExactly("n1>n2 TIMEOUT_NOW", "n1>n3 TIMEOUT_NOW");
    assertThat(received(N2)).containsExactly(1L, 1L);
  }

  @Test
  void messagesAndTheirBytesAreCounted() {
    network.cut(N1, N2);
    go(N1);
    go(N1);
    go(N3);

    long size = Wire.size(message(1));
    assertThat(network.messages()).isEqualTo(6);
    assertThat(network.bytes()).isEqualTo(6 * size);
    assertThat(network.messages(MessageKind.TIMEOUT_NOW)).isEqualTo(6);
    assertThat(network.messages(MessageKind.APPEND_ENTRIES)).isZero();
    assertThat(network.messages(N1, N2)).isEqualTo(2);
    assertThat(network.bytes(N3, N1)).isEqualTo(size);
    assertThat(network.lost(MessageKind.TIMEOUT_NOW)).isEqualTo(2);
  }

  @Test
  void strangersAreRefused() {
    assertThatThrownBy(() -> network.cut(N1, new ServerId(4)))
        .hasMessage("there is no n4 among 3 servers");
    assertThatThrownBy(() -> new Weather(MOMENT, 1_001, 0, 0, MOMENT, Weather.Order.AS_SENT))
        .hasMessageContaining("1001 of a thousand");
  }
}
