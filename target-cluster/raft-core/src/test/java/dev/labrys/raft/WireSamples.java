package dev.labrys.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Messages, and what they consist of, drawn at random: mostly small numbers, sometimes the
/// largest.
final class WireSamples {
  private final RandomGenerator random;

  WireSamples(RandomGenerator random) {
    this.random = random;
  }

  Message message() {
    return switch (random.nextInt(10)) {
      case 0 -> new Message.RequestVote(number(), position(), campaign());
      case 1 -> new Message.VoteReply(number(), number(), campaign(), random.nextBoolean());
      case 2 -> new Message.AppendEntries(number(), position(), entries(), number(), number());
      case 3 -> new Message.AppendAccepted(number(), number(), number());
      case 4 ->
          new Message.AppendRejected(
              number(), number(), number(), new Message.Conflict(number(), number(), number()));
      case 5 ->
          new Message.InstallSnapshot(
              number(), position(), configuration(), small(), bytes(), small(), number());
      case 6 -> new Message.SnapshotReply(number(), position(), small(), number());
      case 7 -> new Message.TimeoutNow(number());
      case 8 -> new Message.ReadIndex(number(), number());
      default -> new Message.ReadIndexReply(number(), number(), number() - 1);
    };
  }

  private Message.Campaign campaign() {
    Message.Campaign[] all = Message.Campaign.values();
    return all[random.nextInt(all.length)];
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      entries.add(entry());
    }
    return entries;
  }

  Entry entry() {
    Content content =
        switch (random.nextInt(4)) {
          case 0 -> new Content.Noop();
          case 1 -> new Content.Membership(configuration());
          default -> new Content.Command(bytes());
        };
    return new Entry(Math.max(1, number()), Math.max(1, number()), content);
  }

  Snapshot snapshot() {
    return new Snapshot(position(), configuration(), bytes());
  }

  HardState hardState() {
    return new HardState(number(), new ServerId(small()));
  }

  Configuration configuration() {
    List<ServerId> voters = new ArrayList<>();
    List<ServerId> outgoing = new ArrayList<>();
    List<ServerId> learners = new ArrayList<>();
    for (int number = 1; number <= 9; number++) {
      ServerId server = new ServerId(random.nextInt(8) == 0 ? number << 20 : number);
      switch (random.nextInt(4)) {
        case 0 -> voters.add(server);
        case 1 -> outgoing.add(server);
        case 2 -> learners.add(server);
        default -> {}
      }
    }
    return new Configuration(voters, voters.isEmpty() ? List.of() : outgoing, learners);
  }

  private LogPosition position() {
    return new LogPosition(number(), number());
  }

  Bytes bytes() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 1000 : 10)];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  /// A number that is not negative, of any length.
  long number() {
    return switch (random.nextInt(20)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> 0;
      default -> random.nextLong() >>> (1 + random.nextInt(63));
    };
  }

  private int small() {
    return (int) Math.min(Integer.MAX_VALUE, number());
  }
}
