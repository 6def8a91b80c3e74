package dev.labrys.cluster.machine;

import dev.labrys.cluster.Address;
import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.Links;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Party;
import dev.labrys.cluster.Passage;
import dev.labrys.cluster.RunMark;
import dev.labrys.cluster.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Nothing between nodes but the kernel, which drops packets on the bridge that connects them: a
/// cable that is really cut, for any program.
///
/// Nodes need addresses of their own, on a bridge of this machine. A connection whose packets are
/// dropped lives on, and what was sent arrives after the cut, when TCP tries again. TCP can't speak
/// without being heard, so a way is never cut alone.
public final class KernelLinks implements Links {
  private static final String ONE_WAY =
      "packets that are dropped in one direction stop TCP in both: choose proxies, or a cut of both"
          + " ways";

  private final RunMark mark;
  private final Optional<String> obstacle;
  private final Map<Party, String> hosts = new HashMap<>();
  private final Thread lastChance = new Thread(this::removeAtLast, "packet-filter-removal");
  private Optional<PacketFilter> filter = Optional.empty();

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
        .without(
            Capability.DELAY_LINKS,
            PacketFilter.complaintAboutDelays()
                .map("packets can't be delayed here: "::concat)
                .orElse("Labrys delays bytes with proxies, and no packets"));
  }

  /// @throws IOException if the bridge is another's already, or no packets can be dropped there
  @Override
  public synchronized void onBridge(List<String> enter) throws IOException {
    if (filter.isPresent()) {
      throw new IOException("these links are of another cluster");
    }
    PacketFilter made = new PacketFilter(mark, enter);
    filter = Optional.of(made);
    if (enter.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(lastChance);
    }
    made.create();
  }

  /// There is no detour: the answer is `upstream`.
  @Override
  public synchronized Address between(Party from, NodeId to, Address upstream, String host)
      throws IOException {
    if (filter.isEmpty()) {
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
    Set<PacketFilter.Pair> cut = new LinkedHashSet<>();
    for (Map.Entry<Way, Passage> each : passages.entrySet()) {
      Way way = each.getKey();
      if (each.getValue() != Passage.Shut.HELD) {
        throw new UnsupportedOperationException("packets are dropped, and nothing else");
      }
      if (passages.get(new Way(way.to(), way.from())) != Passage.Shut.HELD) {
        throw new UnsupportedOperationException(ONE_WAY);
      }
      cut.add(new PacketFilter.Pair(host(way.from()), host(way.to())));
    }
    if (filter.isPresent()) {
      filter.get().drop(new ArrayList<>(cut));
    } else if (!cut.isEmpty()) {
      throw new IOException("there is no bridge");
    }
  }

  private String host(Party party) throws IOException {
    String host = hosts.get(party);
    if (host == null) {
      throw new IOException("nobody has said where %s is".formatted(party));
    }
    return host;
  }

  /// How many packets have been dropped so far.
  public synchronized long dropped() throws IOException {
    return filter.isPresent() ? filter.get().dropped() : 0;
  }

  private synchronized void removeAtLast() {
    try {
      if (filter.isPresent()) {
        filter.get().remove();
      }
    } catch (IOException stays) {
      System.err.println(
          "labrys: a packet filter is left behind, which `labrys clean` removes: "
              + stays.getMessage());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (filter.isEmpty()) {
      return;
    }
    filter.get().remove();
    filter = Optional.empty();
    try {
      Runtime.getRuntime().removeShutdownHook(lastChance);
    } catch (IllegalStateException ending) {
      // The JVM is ending already: the hook finds nothing.
    }
  }
}
