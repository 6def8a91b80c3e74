package dev.labrys.experiment;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.container.ContainedToxiproxy;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.links.LinkProxies;
import dev.labrys.cluster.machine.KernelLinks;
import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The links of a run, and what has to run for them.
///
/// @param keeper closed after the links are
record Interposition(Links links, Closeable keeper) implements Closeable {

  /// @param framing how the nodes' messages are told from each other; empty if nobody knows
  /// @throws IOException if there can't be such links here, saying why
  static Interposition open(LinkPlan plan, Optional<String> framing, Seed seed) throws IOException {
    return switch (plan) {
      case LinkPlan.Embedded _ -> embedded(framing, seed);
      case LinkPlan.Contained(String image) -> contained(image, framing);
      case LinkPlan.Kernel _ -> new Interposition(KernelLinks.begin(), () -> {});
      case LinkPlan.Server(Address api) -> new Interposition(shared(api, framing), () -> {});
    };
  }

  private static Interposition embedded(Optional<String> framing, Seed seed) throws IOException {
    ToxiproxyServer server =
        ToxiproxyServer.start(ToxiproxyOptions.anywhere(name -> seed.stream("proxies " + name)));
    try {
      Address api = new Address(server.address().getHostString(), server.address().getPort());
      LinkProxies links = speaking(framing, LinkProxies.at(api, "run"));
      return new Interposition(links, server::close);
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  private static LinkProxies shared(Address api, Optional<String> framing) throws IOException {
    return speaking(framing, LinkProxies.shared(api));
  }

  private static LinkProxies speaking(Optional<String> framing, LinkProxies links)
      throws IOException {
    return framing.isPresent() ? links.speaking(framing.get()) : links;
  }

  private static Interposition contained(String image, Optional<String> framing)
      throws IOException {
    ContainedToxiproxy server = ContainedToxiproxy.start(Engine.find(), image);
    try {
      return new Interposition(shared(server.api(), framing), server);
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
