package dev.labrys.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.sim.Loss;
import dev.labrys.cluster.sim.MessageKind;
import dev.labrys.cluster.sim.Observer;
import dev.labrys.cluster.sim.Simulation;
import dev.labrys.cluster.sim.SimulationOptions;
import dev.labrys.history.Seed;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.Replica;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LabNetworkTest {
  private static final long MILLI = 1_000_000L;

  /// How long messages took, in milliseconds, requests and replies apart. Only heartbeats: no two
  /// of them are equal.
  private static final class Watch implements Observer {
    private final Map<Message, Long> underWay = new HashMap<>();
    private final List<Long> requests = new ArrayList<>();
    private final List<Long> replies = new ArrayList<>();
    private int lostRequests;
    private int lostReplies;

    @Override
    public void performed(long timeNanos, ServerId server, Effect effect) {
      switch (effect) {
        case Effect.Send(_, Message message) -> underWay.put(message, timeNanos);
        case Effect.SendAtOnce(_, Message message) -> underWay.put(message, timeNanos);
        default -> {}
      }
    }

    @Override
    public void stepped(
        long timeNanos, ServerId server, Input input, List<Effect> effects, Replica replica) {
      if (input instanceof Input.Received(_, Message message)
          && isHeartbeat(message)
          && underWay.containsKey(message)) {
        long millis = (timeNanos - underWay.get(message)) / MILLI;
        (message.isReply() ? replies : requests).add(millis);
      }
    }

    @Override
    public void lost(long timeNanos, ServerId from, ServerId to, Message message, Loss reason) {
      if (isHeartbeat(message)) {
        lostReplies += message.isReply() ? 1 : 0;
        lostRequests += message.isReply() ? 0 : 1;
      }
    }

    private static boolean isHeartbeat(Message message) {
      return message instanceof Message.AppendEntries || message instanceof Message.AppendAccepted;
    }
  }

  /// Two servers, so that no two messages under way are alike.
  private static Watch watch(LabNetwork network) {
    Watch watch = new Watch();
    Simulation simulation =
        Simulation.of(
            SimulationOptions.of(2, LabMachine::new).withWeather(network).withObserver(watch),
            new Seed(1));
    simulation.run(300_000 * MILLI);
    assertThat(simulation.network().messages(MessageKind.APPEND_ENTRIES)).isGreaterThan(500);
    return watch;
  }

  private static double share(int some, int others) {
    return (double) some / (some + others);
  }

  @Test
  void aReliableNetworkLosesNothing() {
    Watch watch = watch(new LabNetwork(LabNetwork.Quality.RELIABLE));

    assertThat(watch.lostRequests + watch.lostReplies).isZero();
    assertThat(watch.requests).allMatch(millis -> millis >= 2 && millis < 8);
    assertThat(watch.replies).allMatch(millis -> millis >= 2 && millis < 8);
  }

  @Test
  void anUnreliableNetworkLosesTheTenthAndDelaysRequests() {
    Watch watch = watch(new LabNetwork(LabNetwork.Quality.UNRELIABLE));

    assertThat(share(watch.lostRequests, watch.requests.size())).isBetween(0.08, 0.12);
    assertThat(share(watch.lostReplies, watch.replies.size())).isBetween(0.08, 0.12);
    assertThat(watch.requests).allMatch(millis -> millis < 27);
    assertThat(watch.requests).anyMatch(millis -> millis < 2).anyMatch(millis -> millis > 24);
    assertThat(watch.replies).allMatch(millis -> millis < 8);
  }

  @Test
  void twoOfThreeRepliesAreLateIfTheyAreReordered() {
    LabNetwork network = new LabNetwork(LabNetwork.Quality.RELIABLE);
    network.answer(LabNetwork.Replies.REORDERED);

    Watch watch = watch(network);
    long late = watch.replies.stream().filter(millis -> millis >= 200).count();
    long veryLate = watch.replies.stream().filter(millis -> millis >= 1_200).count();

    assertThat(watch.requests).allMatch(millis -> millis < 8);
    assertThat(watch.replies).allMatch(millis -> millis < 8 || (millis >= 202 && millis < 2_208));
    assertThat(share((int) late, watch.replies.size() - (int) late)).isBetween(0.60, 0.73);
    assertThat(veryLate).isBetween(1L, late / 3);
  }

  @Test
  void aNetworkCanBecomeBetter() {
    LabNetwork network = new LabNetwork(LabNetwork.Quality.UNRELIABLE);
    network.become(LabNetwork.Quality.RELIABLE);

    assertThat(watch(network).lostRequests).isZero();
  }
}
