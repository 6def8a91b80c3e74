package dev.labrys.experiment;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.container.ContainedToxiproxy;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.history.Seed;
import dev.labrys.system.raft.RaftProgram;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.Closeable;
import java.io.IOException;

/// The links of a run, and what has to run for them.
///
/// @param keeper closed after the links are
record Interposition(Links links, Closeable keeper) implements Closeable {

  /// @throws IOException if there can't be such links here, saying why
  static Interposition open(LinkPlan plan, Seed seed) throws IOException {
    return switch (plan) {
      case LinkPlan.Embedded _ -> embedded(seed);
      case LinkPlan.Contained(String image) -> contained(image);
      case LinkPlan.Kernel _ -> new Interposition(KernelLinks.begin(), () -> {});
      case LinkPlan.Server(Address api) -> new Interposition(shared(api), () -> {});
    };
  }

  private static Interposition embedded(Seed seed) throws IOException {
    ToxiproxyServer server =
        ToxiproxyServer.start(ToxiproxyOptions.anywhere(name -> seed.stream("proxies " + name)));
    try {
      Address api = new Address(server.address().getHostString(), server.address().getPort());
      LinkProxies links = LinkProxies.at(api, "run").speaking(RaftProgram.FRAMING);
      return new Interposition(links, server::close);
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  private static LinkProxies shared(Address api) throws IOException {
    return LinkProxies.shared(api).speaking(RaftProgram.FRAMING);
  }

  private static Interposition contained(String image) throws IOException {
    ContainedToxiproxy server = ContainedToxiproxy.start(Engine.find(), image);
    try {
      return new Interposition(shared(server.api()), server);
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    try (Closeable _ = keeper) {
      links.close();
    }
  }
}
