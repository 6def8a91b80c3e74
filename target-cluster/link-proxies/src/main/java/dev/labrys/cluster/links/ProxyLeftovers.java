package dev.labrys.cluster.links;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.Leftovers;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Proxies that runs have left at a Toxiproxy server which outlived them, found by the marks of
/// runs in their names.
///
/// A run whose runner can't be seen from here, as it is on another machine or in a container, is
/// left alone even by [Sweep#ALL].
public final class ProxyLeftovers implements Leftovers {
  private final Address server;
  private final ToxicApi api;

  /// @param server where its API listens
  public ProxyLeftovers(Address server) {
    this.server = server;
    this.api = new ToxicApi(server);
  }

  @Override
  public List<String> find(Sweep sweep) throws IOException {
    return proxies(sweep).stream().map(this::name).toList();
  }

  @Override
  public void remove(Sweep sweep, Consumer<String> removed) throws IOException {
    Attempts.forEach(
        proxies(sweep),
        proxy -> {
          api.delete(proxy);
          removed.accept(name(proxy));
        });
  }

  private List<String> proxies(Sweep sweep) throws IOException {
    return api.proxies().stream()
        .filter(name ->
            LinkProxies.run(name)
                .flatMap(RunMark::parse)
                .filter(mark -> mark.isIn(sweep))
                .isPresent())
        .sorted()
        .toList();
  }

  private String name(String proxy) {
    return "proxy %s at %s".formatted(proxy, server);
  }
}
