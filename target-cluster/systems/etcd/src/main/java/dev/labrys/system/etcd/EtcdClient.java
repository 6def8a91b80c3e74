package dev.labrys.system.etcd;

import dev.labrys.cluster.Action;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Client;
import dev.labrys.cluster.Reply;
import dev.labrys.raft.calls.StoreCall;
import java.time.Duration;
import java.util.Set;

/// A client of one etcd server, which asks the others if it has to.
final class EtcdClient implements Client {
  private static final Set<String> REGISTERS = Set.of("register", "cas-register");

  private final Gateway gateway;
  private final EtcdRegister registers;
  private final EtcdObject objects;

  EtcdClient(Address server, Reads reads) {
    gateway = new Gateway(server);
    registers = new EtcdRegister(gateway, reads);
    objects = new EtcdObject(gateway, reads);
  }

  @Override
  public Reply invoke(Action action, Duration patience) {
    StoreCall call = StoreCall.of(action);
    long deadline = System.nanoTime() + patience.toNanos();
    return REGISTERS.contains(action.model())
        ? registers.invoke(call, deadline)
        : objects.invoke(action.model() + "/" + action.key(), call, deadline);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
