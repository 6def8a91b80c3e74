package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.Optional;

/// Whom a fault hits.
public sealed interface Victim {

  /// Whoever leads when it begins; nobody if nobody does.
  record Leader() implements Victim {
    @Override
    public String toString() {
      return "the leader";
    }
  }

  /// This server, whatever it is.
  record Server(ServerId id) implements Victim {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /// Who that is now.
  default Optional<ServerId> in(Simulation simulation) {
    return switch (this) {
      case Server(ServerId id) -> Optional.of(id);
      case Leader _ -> leader(simulation);
    };
  }

  /// Of those who take themselves for the leader, the one of the latest term.
  private static Optional<ServerId> leader(Simulation simulation) {
    Optional<ServerId> leader = Optional.empty();
    long term = 0;
    for (ServerId id : simulation.servers()) {
      SimServer server = simulation.server(id);
      if (server.isUp()) {
        Status status = server.status();
        if (status.role() == Status.RoleName.LEADER && status.term() > term) {
          leader = Optional.of(id);
          term = status.term();
        }
      }
    }
    return leader;
  }
}
