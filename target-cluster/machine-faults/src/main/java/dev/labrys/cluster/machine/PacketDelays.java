package dev.labrys.cluster.machine;

import dev.labrys.cluster.Passage;
import dev.labrys.cluster.RunMark;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Packets between addresses that pass a bridge late: the kernel hands each to the runner, which
/// lets it pass in time.
///
/// If the runner is killed, what it held is lost, as packets are, and all that comes later passes
/// at once.
final class PacketDelays implements AutoCloseable {
  private static final String OVERSEEN = "/proc/sys/net/bridge/bridge-nf-call-iptables";

  private final NetworkSpace space;
  private final QueueRules rules;
  private final PacketGate.Maker gates;
  private final Remarks remarks = new Remarks();
  private Optional<PacketHolder> holder = Optional.empty();
  private Optional<Exception> untold = Optional.empty();
  private boolean mayHaveRules;
  private long delayedBefore;

  /// @param space where the bridge is
  PacketDelays(RunMark mark, NetworkSpace space) {
    this(mark, space, PacketQueue::open);
  }

  /// @param gates what holds the packets
  PacketDelays(RunMark mark, NetworkSpace space, PacketGate.Maker gates) {
    this.space = space;
    this.gates = gates;
    this.rules = new QueueRules(mark, space);
  }

  /// Why there can't be any here; empty if the kernel was seen to hand packets out.
  static Optional<String> complaint() {
    return TrialSpace.complaint(
        "delaying packets takes root, and the programs iptables-restore with the target NFQUEUE"
            + " (iptables), unshare and nsenter (util-linux)",
        space -> {
          try (PacketDelays delays = new PacketDelays(RunMark.next(), space)) {
            delays.set(Map.of(new Pair("192.0.2.1", "192.0.2.2"), new Passage.Late(1, 0)));
          }
        });
  }

  /// Makes what these send late, and nothing else.
  ///
  /// @throws IOException if it can't be done, or packets were not late before that should have been
  void set(Map<Pair, Passage.Late> delays) throws IOException {
    if (holder.flatMap(PacketHolder::failure).isPresent()) {
      end();
    }
    if (delays.isEmpty()) {
      stop();
    } else {
      begin().delay(delays);
      mayHaveRules = true;
      rules.set(delays.keySet(), begin().number());
    }
    if (untold.isPresent()) {
      Exception why = untold.get();
      // Who heals tries again and again, and is to hear of it each time: nothing was late.
      untold = delays.isEmpty() ? untold : Optional.empty();
      throw new IOException("packets were not delayed any more: " + why.getMessage(), why);
    }
  }

  private PacketHolder begin() throws IOException {
    if (holder.isEmpty()) {
      requireOverseen();
      holder = Optional.of(PacketHolder.start(gates.open(space)));
    }
    return holder.get();
  }

  private void requireOverseen() throws IOException {
    String answer;
    try {
      answer = Tool.run(space.enter(List.of("cat", OVERSEEN)), "");
    } catch (IOException absent) {
      throw new IOException(
          "iptables sees no packets on bridges: the kernel's module br_netfilter is missing",
          absent);
    }
    if (!answer.equals("1")) {
      throw new IOException(
          "iptables sees no packets on bridges, as %s is %s and not 1".formatted(OVERSEEN, answer));
    }
  }

  private void end() {
    if (holder.isPresent()) {
      noteLost(holder.get());
      holder.get().close();
      delayedBefore += holder.get().delayed();
      untold = holder.get().failure().or(() -> untold);
      holder = Optional.empty();
    }
  }

  /// If it has failed, its gate is closed, and the number may be another's.
  private void noteLost(PacketHolder ending) {
    try {
      long lost = PacketQueue.lost(space, ending.number());
      if (lost > 0 && ending.failure().isEmpty()) {
        remarks.add("%d packets were lost instead of late, as too many waited".formatted(lost));
      }
    } catch (IOException unread) {
      remarks.add(
          "packets that were lost instead of late could not be counted: " + unread.getMessage());
    }
  }

  /// Nothing comes to be held any more before what is held passes.
  private void stop() throws IOException {
    try {
      if (mayHaveRules) {
        rules.remove();
        mayHaveRules = false;
      }
    } finally {
      end();
    }
  }

  /// What people should know of delays that are healed, since this was last asked.
  List<String> takeRemarks() {
    return remarks.take();
  }

  /// How many packets have been delayed.
  long delayed() {
    return delayedBefore + holder.map(PacketHolder::delayed).orElse(0L);
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
