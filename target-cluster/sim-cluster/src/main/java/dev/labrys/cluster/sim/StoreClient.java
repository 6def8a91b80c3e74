package dev.labrys.cluster.sim;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.EventClient;
import dev.labrys.cluster.Reply;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.calls.StoreCall;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// A client of the simulated store that is told what to do by a workload.
public final class StoreClient implements EventClient {
  private final ArrayDeque<StoreCall> told = new ArrayDeque<>();
  private final StoreCaller caller;

  private StoreClient(SimClient client) {
    this.caller = StoreCaller.of(client, (_, _) -> told.remove());
  }

  /// A new client of `simulation`.
  public static StoreClient of(Simulation simulation, ClientOptions options) {
    return new StoreClient(simulation.client(options));
  }

  /// A new client that asks `home` whatever changes nothing.
  public static StoreClient of(Simulation simulation, ClientOptions options, ServerId home) {
    SimClient client = simulation.client(options);
    client.settleAt(home);
    return new StoreClient(client);
  }

  @Override
  public void invoke(Action action, Consumer<Reply> then) {
    told.add(StoreCall.of(action));
    caller.call(outcome -> then.accept(new Reply(outcome, "")));
  }
}
