package dev.labrys.raft;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// How traces write what servers are told, say and do: short, and in the words of the paper.
final class Notation {
  private Notation() {}

  /// A step, in as many lines as it takes: what the server was told, what is new about it, what it
  /// wants done.
  static String text(
      ServerId server,
      Input input,
      List<Effect> effects,
      Status before,
      Status after,
      long nowNanos) {
    StringBuilder lines = new StringBuilder(server + " <- " + text(input));
    String news = difference(before, after);
    if (!news.isEmpty()) {
      lines.append("\n    ").append(news);
    }
    for (Effect effect : effects) {
      lines.append("\n    ").append(text(effect, nowNanos));
    }
    return lines.toString();
  }

  static String text(Input input) {
    return switch (input) {
      case Input.Started _ -> "started";
      case Input.TimerFired _ -> "timer";
      case Input.Received(ServerId from, Message message) -> from + ": " + text(message);
      case Input.Persisted(Effect.Persist write) -> "persisted " + written(write);
      case Input.Proposed(RequestId request, Bytes command) -> request + " propose " + command;
      case Input.ReadRequested(RequestId request, Bytes query) -> request + " read " + query;
      case Input.MembershipRequested(RequestId request, var voters, var learners) ->
          "%s change to %s"
              .formatted(request, text(new Configuration(voters, List.of(), learners)));
      case Input.TransferRequested(RequestId request, ServerId target) ->
          request + " transfer to " + target;
      case Input.SnapshotTaken(long index, Bytes state) ->
          "snapshot taken at %d %s".formatted(index, state);
      case Input.Together(List<Input> inputs) ->
          inputs.stream().map(Notation::text).collect(Collectors.joining("; "));
    };
  }

  static String text(Effect effect, long nowNanos) {
    return switch (effect) {
      case Effect.Persist write -> "persist " + written(write);
      case Effect.SaveSnapshot(Snapshot snapshot) -> "save snapshot " + text(snapshot);
      case Effect.Send(ServerId to, Message message) -> "send " + to + ": " + text(message);
      case Effect.SendAtOnce(ServerId to, Message message) ->
          "send at once " + to + ": " + text(message);
      case Effect.Apply(Entry entry, RequestId request) -> "apply " + text(entry) + who(request);
      case Effect.Query(RequestId request, Bytes query) -> "query " + query + who(request);
      case Effect.Restore(Snapshot snapshot) -> "restore " + text(snapshot);
      case Effect.TakeSnapshot _ -> "take snapshot";
      case Effect.Answer(RequestId request, Response response) ->
          "answer " + request + ": " + text(response);
      case Effect.SetTimer(long atNanos) ->
          atNanos == Long.MAX_VALUE ? "no timer" : "timer in " + millis(atNanos - nowNanos);
    };
  }

  private static String who(RequestId request) {
    return request.equals(RequestId.NOBODY) ? "" : " for " + request;
  }

  private static String written(Effect.Persist write) {
    String entries = write.entries().isEmpty() ? "" : " log " + text(write.entries());
    return text(write.state()) + entries;
  }

  static String text(HardState state) {
    return "t%d vote %s".formatted(state.term(), state.votedFor());
  }

  static String text(Message message) {
    return "t%d %s".formatted(message.term(), body(message));
  }

  private static String body(Message message) {
    return switch (message) {
      case Message.RequestVote(_, LogPosition last, Message.Campaign campaign) ->
          "RequestVote %s last %s".formatted(campaign, last);
      case Message.VoteReply(_, long asked, Message.Campaign campaign, boolean isGranted) ->
          "VoteReply %s t%d %s".formatted(campaign, asked, isGranted ? "granted" : "refused");
      case Message.AppendEntries(_, LogPosition previous, var entries, long commit, long round) ->
          "AppendEntries after %s %s commit %d round %d"
              .formatted(previous, text(entries), commit, round);
      case Message.AppendAccepted(_, long round, long matchIndex) ->
          "AppendAccepted match %d round %d".formatted(matchIndex, round);
      case Message.AppendRejected(_, long round, long previous, Message.Conflict conflict) ->
          "AppendRejected after %d: %s round %d".formatted(previous, text(conflict), round);
      case Message.InstallSnapshot(
              _,
              LogPosition last,
              Configuration configuration,
              int offset,
              Bytes chunk,
              int size,
              long round) ->
          "InstallSnapshot %s of %s, %s at %d of %d round %d"
              .formatted(last, text(configuration), chunk, offset, size, round);
      case Message.SnapshotReply(_, LogPosition last, int nextOffset, long round) ->
          "SnapshotReply %s next %d round %d".formatted(last, nextOffset, round);
      case Message.TimeoutNow _ -> "TimeoutNow";
      case Message.ReadIndex(_, long read) -> "ReadIndex read %d".formatted(read);
      case Message.ReadIndexReply(_, long read, long index) ->
          "ReadIndexReply read %d %s"
              .formatted(
                  read, index == Message.ReadIndexReply.REFUSED ? "refused" : "index " + index);
    };
  }

  private static String text(Message.Conflict conflict) {
    return conflict.term() == 0
        ? "log ends at " + conflict.lastIndex()
        : "has term %d from %d, log ends at %d"
            .formatted(conflict.term(), conflict.firstIndex(), conflict.lastIndex());
  }

  static String text(List<Entry> entries) {
    return entries.stream().map(Notation::text).collect(Collectors.joining(", ", "[", "]"));
  }

  static String text(Entry entry) {
    return entry.position() + " " + text(entry.content());
  }

  private static String text(Content content) {
    return switch (content) {
      case Content.Noop _ -> "no-op";
      case Content.Command(Bytes bytes) -> bytes.text();
      case Content.Membership(Configuration configuration) -> "(" + text(configuration) + ")";
    };
  }

  static String text(Snapshot snapshot) {
    return "%s of %s, %s"
        .formatted(snapshot.last(), text(snapshot.configuration()), snapshot.state());
  }

  static String text(Configuration configuration) {
    String joint = configuration.isJoint() ? " and " + names(configuration.outgoing()) : "";
    String learners =
        configuration.learners().isEmpty() ? "" : " learning " + names(configuration.learners());
    return names(configuration.voters()) + joint + learners;
  }

  private static String names(List<ServerId> servers) {
    return servers.isEmpty()
        ? "none"
        : servers.stream().map(ServerId::toString).collect(Collectors.joining("+"));
  }

  static String text(Response response) {
    return switch (response) {
      case Response.Done _ -> "done";
      case Response.Refused(Response.Refusal refusal, ServerId leader) ->
          "%s, leader %s".formatted(refusal, leader);
    };
  }

  /// All of it, in a line.
  static String text(Status status) {
    return "%s term %d vote %s leader %s commit %d applied %d last %s of %s"
        .formatted(
            status.role(),
            status.term(),
            status.votedFor(),
            status.leader(),
            status.commitIndex(),
            status.lastApplied(),
            status.last(),
            text(status.configuration()));
  }

  /// What is new in `after`; empty if nothing is.
  private static String difference(Status before, Status after) {
    StringJoiner news = new StringJoiner(" ", "= ", "").setEmptyValue("");
    add(news, "", before.role(), after.role());
    add(news, "term ", before.term(), after.term());
    add(news, "vote ", before.votedFor(), after.votedFor());
    add(news, "leader ", before.leader(), after.leader());
    add(news, "commit ", before.commitIndex(), after.commitIndex());
    add(news, "applied ", before.lastApplied(), after.lastApplied());
    add(news, "last ", before.last(), after.last());
    add(news, "of ", text(before.configuration()), text(after.configuration()));
    return news.toString();
  }

  private static void add(StringJoiner news, String name, Object before, Object after) {
    if (!before.equals(after)) {
      news.add(name + after);
    }
  }

  /// Whole milliseconds; what is below does not help anybody who reads.
  static String millis(long nanos) {
    return nanos / 1_000_000 + "ms";
  }
}
