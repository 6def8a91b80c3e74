package dev.labrys.cluster.links;

import com.google.gson.JsonParseException;
import dev.labrys.cluster.Address;
import dev.labrys.cluster.Attempts;
import dev.labrys.cluster.FreePorts;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Way;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A proxy for each party that connects to a node, at a Toxiproxy server: the real one, or ours.
///
/// Bytes from one node to another take two links, as either may have opened the connection: up the
/// link that the first opens, and down the link that the second does.
public final class LinkProxies implements Links {

  /// Where the API of a Toxiproxy listens unless it is told otherwise.
  public static final int USUAL_PORT = 8474;

  private static final int MOST_ATTEMPTS = 10;
  private static final String TAKEN = "address already in use";
  private static final Pattern NAME = Pattern.compile("labrys\\.([^.]+)\\.[^.]+\\.[^.]+");

  private final ToxiproxyClient server;
  private final ToxicApi api;
  private final String run;
  private final Map<Link, LinkProxy> proxies = new LinkedHashMap<>();
  private final Language language;
  private final Whose whose;

  /// Whose the server is, as far as that makes a difference.
  enum Whose {
    OURS,
    /// It knows the toxics of the real one, and is driven like it.
    FOREIGN
  }

  /// How messages between nodes are told from each other, or why they can't be.
  private record Language(String framing, Optional<String> obstacle) {
    static final Language UNKNOWN =
        new Language("", Optional.of("it is not said how the nodes' messages are framed"));
  }

  /// What a proxy is for: `from` connects to `to`.
  private record Link(Party from, Party to) {}

  private LinkProxies(
      ToxiproxyClient server, ToxicApi api, String run, Language language, Whose whose) {
    this.whose = whose;
    this.language = language;
    this.server = server;
    this.api = api;
    this.run = run;
  }

  /// At the server of this process whose API listens at `api`.
  ///
  /// @param run a name of letters and digits, which no other run at that server has
  /// @throws IOException if no such server answers there
  public static LinkProxies at(Address api, String run) throws IOException {
    ToxiproxyClient server = new ToxiproxyClient(api.host(), api.port());
    try {
      server.version();
    } catch (IOException | JsonParseException silent) {
      throw new IOException(
          "no Toxiproxy server answers at %s: %s".formatted(api, silent.getMessage()), silent);
    }
    ToxicApi toxics = new ToxicApi(api);
    Whose whose = knows(toxics, run, ChangingToxics.HOLD, "") ? Whose.OURS : Whose.FOREIGN;
    return new LinkProxies(server, toxics, run, Language.UNKNOWN, whose);
  }

  /// These, before they have been asked for any address, at a server that is taken for that.
  LinkProxies taken(Whose other) {
    return new LinkProxies(server, api, run, language, other);
  }

  /// Whether the server has such toxics, found out by trying.
  private static boolean knows(ToxicApi api, String run, String type, String attributes)
      throws IOException {
    String trial = "labrys.%s.trial.trial".formatted(run);
    try {
      api.create(trial, "127.0.0.1:0", "127.0.0.1:9");
      return api.add(trial, "trial", type, "upstream", attributes) == ToxicApi.Taken.YES;
    } finally {
      api.delete(trial);
    }
  }

  /// These, before they have been asked for any address, between nodes whose messages are framed
  /// so: `labrys`, or what else our server knows. Then single messages can be lost, if it is ours.
  public synchronized LinkProxies speaking(String framing) throws IOException {
    if (!proxies.isEmpty()) {
      throw new IllegalStateException("there are proxies already");
    }
    Optional<String> obstacle =
        knows(api, run, ChangingToxics.MESSAGES, ChangingToxics.framed(framing))
            ? Optional.empty()
            : Optional.of("the Toxiproxy server is not ours, and sees bytes instead of messages");
    return new LinkProxies(server, api, run, new Language(framing, obstacle), whose);
  }

  /// At a server that runs already, and may serve others as well. What the run leaves there if it
  /// is killed, [ProxyLeftovers] finds.
  ///
  /// @throws IOException if no such server answers there, or it is not of this machine
  public static LinkProxies shared(Address api) throws IOException {
    try (LinkProxies trial = at(api, RunMark.next().text())) {
      Reach.require(trial, api);
    }
    return at(api, RunMark.next().text());
  }

  /// The run that has a proxy of that name; empty if none does.
  static Optional<String> run(String proxy) {
    Matcher parts = NAME.matcher(proxy);
    return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public Optional<String> messageObstacle() {
    return language.obstacle();
  }

  @Override
  public synchronized Address between(Party from, NodeId to, Address upstream, String host)
      throws IOException {
    Link link = new Link(from, new Party.Member(to));
    LinkProxy known = proxies.get(link);
    if (known == null) {
      known = create(link, upstream, host);
      proxies.put(link, known);
    }
    return known.address(host);
  }

  /// On a port that is no connection's, as the proxy has to get it back whenever it is enabled.
  private LinkProxy create(Link link, Address upstream, String host) throws IOException {
    String name = "labrys.%s.%s.%s".formatted(run, link.from(), link.to());
    try {
      Proxy made = create(name, upstream, host);
      LinkProxy.Place place = new LinkProxy.Place(name, made.getListen(), upstream.toString());
      return new LinkProxy(api, place, toxics(place));
    } catch (JsonParseException strange) {
      throw new IOException("the server answers strangely: " + strange.getMessage(), strange);
    }
  }

  /// A port that was free may not be so for a moment: a process that is being started meanwhile has
  /// all that is open in this one, the socket by which that was found out as well.
  private Proxy create(String name, Address upstream, String host) throws IOException {
    for (int attempt = 1; true; attempt++) {
      String listen = new Address(host, FreePorts.take(1).getFirst()).toString();
      try {
        return server.createProxy(name, listen, upstream.toString());
      } catch (IOException refused) {
        if (attempt == MOST_ATTEMPTS || !String.valueOf(refused.getMessage()).contains(TAKEN)) {
          throw refused;
        }
      }
    }
  }

  private Toxics toxics(LinkProxy.Place place) throws IOException {
    return switch (whose) {
      case OURS -> new ChangingToxics(api, place, language.framing());
      case FOREIGN -> {
        try {
          yield StandingToxics.of(api, place);
        } catch (IOException failed) {
          api.delete(place.name());
          throw failed;
        }
      }
    };
  }

  /// One that fails keeps no other from being set.
  @Override
  public synchronized void set(Map<Way, Passage> passages) throws IOException {
    Attempts.forEach(
        proxies.entrySet(),
        each -> {
          Way way = new Way(each.getKey().from(), each.getKey().to());
          each.getValue()
              .set(
                  Map.of(
                      LinkProxy.Stream.UPSTREAM, wanted(passages, way),
                      LinkProxy.Stream.DOWNSTREAM,
                          wanted(passages, new Way(way.to(), way.from()))));
        });
  }

  private static Optional<Passage> wanted(Map<Way, Passage> passages, Way way) {
    return Optional.ofNullable(passages.get(way));
  }

  /// Removes the proxies from the server.
  @Override
  public synchronized void close() throws IOException {
    List<LinkProxy> deleted = List.copyOf(proxies.values());
    proxies.clear();
    Attempts.forEach(deleted, LinkProxy::delete);
  }
}
