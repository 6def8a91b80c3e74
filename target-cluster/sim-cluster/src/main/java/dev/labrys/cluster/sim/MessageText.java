package dev.labrys.cluster.sim;

import dev.labrys.raft.Content;
import dev.labrys.raft.Entry;
import dev.labrys.raft.Message;
import dev.labrys.raft.Message.Campaign;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/// Messages and entries in few words.
final class MessageText {

  private MessageText() {}

  /// `message`, with its term.
  static String of(Message message) {
    return say("%s, term %d", what(message), message.term());
  }

  private static String what(Message message) {
    return switch (message) {
      case Message.RequestVote vote ->
          say("%s with a log to %s", asks(vote.campaign()), vote.last());
      case Message.VoteReply reply ->
          say(
              "%s %s for term %d",
              reply.isGranted() ? "grants" : "denies",
              reply.campaign() == Campaign.PRE_VOTE ? "pre-vote" : "vote",
              reply.asked());
      case Message.AppendEntries append ->
          say(
              "%s after %s, committed %d, round %d",
              append.entries().isEmpty() ? "heartbeat" : entries(append.entries()),
              append.previous(),
              append.commitIndex(),
              append.round());
      case Message.AppendAccepted accepted ->
          say("accepts up to %d, round %d", accepted.matchIndex(), accepted.round());
      case Message.AppendRejected rejected ->
          say(
              "rejects after %d, has %s, round %d",
              rejected.previousIndex(), conflict(rejected.conflict()), rejected.round());
      case Message.InstallSnapshot piece ->
          say(
              "snapshot to %s, bytes %d..%d of %d, round %d",
              piece.last(),
              piece.offset(),
              piece.offset() + piece.chunk().length(),
              piece.size(),
              piece.round());
      case Message.SnapshotReply reply ->
          say(
              "has snapshot to %s up to byte %d, round %d",
              reply.last(), reply.nextOffset(), reply.round());
      case Message.TimeoutNow _ -> "asks to stand at once";
      case Message.ReadIndex read -> say("asks for a read index, read %d", read.read());
      case Message.ReadIndexReply reply ->
          reply.index() == Message.ReadIndexReply.REFUSED
              ? say("refuses a read index, read %d", reply.read())
              : say("gives read index %d, read %d", reply.index(), reply.read());
    };
  }

  private static String asks(Campaign campaign) {
    return switch (campaign) {
      case PRE_VOTE -> "asks for a pre-vote";
      case ELECTION -> "asks for a vote";
      case TRANSFER -> "asks for a vote by transfer";
    };
  }

  private static String conflict(Message.Conflict conflict) {
    return conflict.term() == 0
        ? say("a log to %d", conflict.lastIndex())
        : say(
            "term %d from %d, a log to %d",
            conflict.term(), conflict.firstIndex(), conflict.lastIndex());
  }

  /// Positions only: contents are told where they are proposed and applied.
  static String entries(List<Entry> entries) {
    if (entries.isEmpty()) {
      return "no entries";
    }
    Entry first = entries.getFirst();
    return entries.size() == 1
        ? "entry " + first.position()
        : say("entries %s..%s", first.position(), entries.getLast().position());
  }

  /// The same in all languages.
  // The annotation would be a dependency.
  @SuppressWarnings("AnnotateFormatMethod")
  static String say(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /// `nanos` in milliseconds, as exactly as it needs.
  static String millis(long nanos) {
    return BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString();
  }

  static String content(Content content) {
    return switch (content) {
      case Content.Noop _ -> "nothing";
      case Content.Command(var bytes) -> bytes.toString();
      case Content.Membership(var configuration) -> "cluster " + configuration;
    };
  }
}
