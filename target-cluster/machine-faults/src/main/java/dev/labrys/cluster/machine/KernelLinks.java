package dev.labrys.cluster.machine;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.LastChance;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nothing between nodes but the kernel, which drops, loses and delays packets on the bridge that
/// connects them: a cable that is really cut, for any program.
///
/// Nodes need addresses of their own, on a bridge of this machine. A connection whose packets are
/// dropped lives on, and what was sent arrives after the cut, when TCP tries again. TCP can't speak
/// without being heard, so a way is never cut alone.
public final class KernelLinks implements Links {
  private static final String ONE_WAY =
      "packets that are dropped in one direction stop TCP in both: choose proxies, or a cut of both"
          + " ways";

  private static final String NO_BYTES = "packets are dropped or late, and nothing else";

  private final RunMark mark;
  private final Optional<String> obstacle;
  private final Map<Party, String> hosts = new HashMap<>();
  private final LastChance lastChance =
      new LastChance("a packet filter is left behind", this::free);

  /// Changed under the lock of this only.
  private volatile Optional<Bridge> bridge = Optional.empty();

  /// What acts on the packets of a bridge.
  private record Bridge(PacketFilter filter, PacketDelays delays) {
    static Bridge in(NetworkSpace space, RunMark mark) {
      return new Bridge(new PacketFilter(mark, space), new PacketDelays(mark, space));
    }

    void free() throws IOException {
      try (delays) {
        filter.remove();
      }
    }
  }

  private KernelLinks(RunMark mark, Optional<String> obstacle) {
    this.mark = mark;
    this.obstacle = obstacle;
  }

  /// Links of a new run.
  ///
  /// @throws IOException if there can't be any here, saying why
  public static KernelLinks begin() throws IOException {
    Optional<String> complaint = PacketFilter.complaint();
    if (complaint.isPresent()) {
      throw new IOException(complaint.get());
    }
    return new KernelLinks(RunMark.next(), Optional.empty());
  }

  /// What could be done with such links here, found out by trying.
  public static Capabilities probe() {
    return new KernelLinks(RunMark.next(), PacketFilter.complaint()).add(Capabilities.none());
  }

  @Override
  public Optional<String> obstacle() {
    return obstacle;
  }

  @Override
  public Capabilities add(Capabilities others) {
    return others
        .probed(Capability.CUT_LINKS, obstacle)
        .without(Capability.CUT_ONE_WAY, obstacle.orElse(ONE_WAY))
        .without(
            Capability.DROP_MESSAGES,
            obstacle.orElse("a packet that is dropped comes again: choose proxies"))
        .probed(Capability.DROP_PACKETS, obstacle)
        .probed(Capability.DELAY_LINKS, obstacle.or(PacketDelays::complaint));
  }

  /// @throws IOException if the bridge is another's already, or no packets can be dropped there
  @Override
  public synchronized void onBridge(Optional<Path> namespace) throws IOException {
    if (bridge.isPresent()) {
      throw new IOException("these links are of another cluster");
    }
    Bridge made = Bridge.in(new NetworkSpace(namespace), mark);
    bridge = Optional.of(made);
    if (namespace.isEmpty()) {
      lastChance.begin();
    }
    made.filter().create();
  }

  /// There is no detour: the answer is `upstream`.
  @Override
  public synchronized Address between(Party from, NodeId to, Address upstream, String host)
      throws IOException {
    if (bridge.isEmpty()) {
      throw new IOException(
          "the kernel tells nodes by their addresses, and these have none of their own on a bridge"
              + " of this machine");
    }
    if (from instanceof Party.Member) {
      hosts.put(new Party.Member(to), upstream.host());
      hosts.put(new Party.Clients(), host);
    }
    return upstream;
  }

  @Override
  public synchronized void set(Map<Way, Passage> passages) throws IOException {
    List<Pair> cut = new ArrayList<>();
    Map<Pair, Integer> lossy = new LinkedHashMap<>();
    Map<Pair, Passage.Late> late = new LinkedHashMap<>();
    for (Map.Entry<Way, Passage> each : passages.entrySet()) {
      Way way = each.getKey();
      switch (each.getValue()) {
        case Passage.Shut.HELD -> {
          if (passages.get(new Way(way.to(), way.from())) != Passage.Shut.HELD) {
            throw new UnsupportedOperationException(ONE_WAY);
          }
          cut.add(pair(way));
        }
        case Passage.Lossy(int lost, long delay, long jitter) -> {
          lossy.put(pair(way), lost);
          if (delay > 0) {
            late.put(pair(way), new Passage.Late(delay, jitter));
          }
        }
        case Passage.Late delay -> late.put(pair(way), delay);
        case Passage.Shut.RESET -> throw new UnsupportedOperationException(NO_BYTES);
        case Passage.Unreliable _ -> throw new UnsupportedOperationException(NO_BYTES);
      }
    }
    if (bridge.isPresent()) {
      bridge.get().filter().drop(cut, lossy);
      bridge.get().delays().set(late);
    } else if (!passages.isEmpty()) {
      throw new IOException("there is no bridge");
    }
  }

  /// Waits for nobody, as links are changed at the same time, which may take long.
  @Override
  public List<String> takeRemarks() {
    return bridge.map(each -> each.delays().takeRemarks()).orElse(List.of());
  }

  private Pair pair(Way way) throws IOException {
    return new Pair(host(way.from()), host(way.to()));
  }

  private String host(Party party) throws IOException {
    String host = hosts.get(party);
    if (host == null) {
      throw new IOException("nobody has said where %s is".formatted(party));
    }
    return host;
  }

  /// How many packets cuts have dropped so far.
  public synchronized long dropped() throws IOException {
    return bridge.isPresent() ? bridge.get().filter().dropped() : 0;
  }

  /// How many packets have been lost by chance so far.
  public synchronized long lost() throws IOException {
    return bridge.isPresent() ? bridge.get().filter().lost() : 0;
  }

  /// How many packets have been late so far.
  public synchronized long delayed() {
    return bridge.map(each -> each.delays().delayed()).orElse(0L);
  }

  private synchronized void free() throws IOException {
    if (bridge.isPresent()) {
      bridge.get().free();
      bridge = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    free();
    lastChance.close();
  }
}
