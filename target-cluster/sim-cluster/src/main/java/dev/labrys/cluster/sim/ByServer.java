package dev.labrys.cluster.sim;

import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Something of each server, made when it is first asked for.
final class ByServer<T> {
  private final List<T> all = new ArrayList<>();
  private final Function<ServerId, T> maker;

  ByServer(Function<ServerId, T> maker) {
    this.maker = maker;
  }

  T of(ServerId server) {
    while (all.size() < server.number()) {
      all.add(maker.apply(new ServerId(all.size() + 1)));
    }
    return all.get(server.number() - 1);
  }

  /// Of all servers, in order.
  List<T> all() {
    return all;
  }
}
