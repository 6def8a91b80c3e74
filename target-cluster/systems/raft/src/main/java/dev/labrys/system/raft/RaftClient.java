package dev.labrys.system.raft;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Reply;
import dev.labrys.history.Outcome;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.node.ClientOptions;
import dev.labrys.raft.node.ClientOutcome;
import dev.labrys.raft.node.NodeClient;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import java.time.Duration;
import java.util.List;

/// A client of the store, by the binary protocol. Its commands have a session, and so are executed
/// once however often they must be sent.
final class RaftClient implements Client {
  private static final Duration ATTEMPT = Duration.ofSeconds(1);

  private final NodeClient commands;
  private final NodeClient queries;

  RaftClient(List<Address> nodes, String cluster, Habit habit) {
    List<String> all = nodes.stream().map(Address::toString).toList();
    this.commands = client(all, cluster, ClientOptions.Redirects.FOLLOW);
    // A follower answers queries itself, if it may; and nobody else is asked.
    this.queries =
        switch (habit) {
          case LEADER -> commands;
          case OWN_NODE -> client(List.of(all.getFirst()), cluster, ClientOptions.Redirects.REFUSE);
        };
  }

  private static NodeClient client(
      List<String> nodes, String cluster, ClientOptions.Redirects redirects) {
    return new NodeClient(new ClientOptions(nodes, cluster, redirects, ATTEMPT));
  }

  @Override
  public Reply invoke(Action action, Duration patience) {
    StoreCall call = StoreCall.of(action);
    ClientOutcome outcome =
        switch (call.step()) {
          case Query query -> queries.query(query, patience);
          case Command command -> commands.command(command, patience);
        };
    return switch (outcome) {
      case ClientOutcome.Answered(var answer) -> reply(call.outcome().apply(answer));
      case ClientOutcome.Refused(String reason, String _) -> Reply.failed(reason);
      case ClientOutcome.Unknown(String reason, String _) -> Reply.unknown(reason);
    };
  }

  private static Reply reply(Outcome outcome) {
    return outcome instanceof Outcome.Ok ok ? Reply.of(ok) : new Reply(outcome, "in-vain");
  }

  @Override
  public void close() {
    queries.close();
    commands.close();
  }
}
