package dev.labrys.raft;

import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Watches a cluster for what must never happen (Figure 3), and for what a shell relies on.
///
/// A second opinion, written without a look at any other: it knows what has ever been in any log,
/// what was ever applied, and what was ever promised.
final class SafetyWatch {
  private final Map<Long, ServerId> leaderOfTerm = new HashMap<>();
  private final Map<LogPosition, Made> made = new HashMap<>();
  private final Map<Ballot, ServerId> votes = new HashMap<>();

  /// What has been applied anywhere, from index 1 on.
  private final List<Entry> committed = new ArrayList<>();

  /// An entry, and the term of the one before it.
  private record Made(Entry entry, long termBefore) {}

  /// Where a server may make one cross.
  private record Ballot(ServerId voter, long term) {}

  private static void require(boolean isSo, String violated, @Nullable Object... details) {
    if (!isSo) {
      throw new AssertionError(violated + " " + Arrays.asList(details));
    }
  }

  List<Entry> committed() {
    return committed;
  }

  /// Checks what a step has done.
  void stepped(TestServer server, List<Effect> effects, Status before) {
    Status after = server.status();
    require(after.term() >= before.term(), "terms never go back", before, after);
    require(after.commitIndex() >= before.commitIndex(), "nor do commits", before, after);
    require(after.lastApplied() <= after.commitIndex(), "only commits are applied", after);
    require(after.commitIndex() <= after.last().index(), "commits are in the log", after);
    require(
        after.term() > before.term()
            || before.votedFor().equals(ServerId.NOBODY)
            || before.votedFor().equals(after.votedFor()),
        "a vote is for a term",
        before,
        after);
    if (after.role() == RoleName.LEADER) {
      lead(server, before, after);
    }
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Persist write -> made(server, write);
        case Effect.Apply apply -> applied(server, apply.entry());
        case Effect.Restore restore -> restored(server, restore.snapshot());
        case Effect.SaveSnapshot save -> {
          restored(server, save.snapshot());
          seam(server.replica().log());
        }
        default -> {}
      }
    }
  }

  private void lead(TestServer server, Status before, Status after) {
    ServerId known = leaderOfTerm.putIfAbsent(after.term(), server.id);
    require(known == null || known.equals(server.id), "Election Safety", known, server.id, after);
    LogView log = server.replica().log();
    if (before.role() == RoleName.LEADER) {
      require(
          after.last().index() >= before.last().index()
              && (before.last().index() < log.snapshot().index()
                  || log.termAt(before.last().index()) == before.last().term()),
          "Leader Append-Only",
          before,
          after);
    } else {
      for (Entry entry : committed) {
        require(has(log, entry.position()), "Leader Completeness", after, entry);
      }
    }
  }

  private static boolean has(LogView log, LogPosition position) {
    return position.index() <= log.last().index()
        && (position.index() < log.snapshot().index()
            || log.termAt(position.index()) == position.term());
  }

  private void made(TestServer server, Effect.Persist write) {
    if (write.entries().isEmpty()) {
      return;
    }
    long firstIndex = write.entries().getFirst().index();
    LogView log = server.replica().log();
    long termBefore = firstIndex - 1 >= log.snapshot().index() ? log.termAt(firstIndex - 1) : -1;
    for (Entry entry : write.entries()) {
      if (termBefore >= 0) {
        Made now = new Made(entry, termBefore);
        Made known = made.putIfAbsent(entry.position(), now);
        require(known == null || known.equals(now), "Log Matching", server.id, now, known);
      }
      require(entry.term() <= write.state().term(), "entries are of the past", write);
      termBefore = entry.term();
    }
  }

  private void applied(TestServer server, Entry entry) {
    int place = (int) entry.index() - 1;
    require(place <= committed.size(), "nothing is left out", server.id, entry);
    if (place == committed.size()) {
      committed.add(entry);
    }
    require(
        committed.get(place).equals(entry),
        "State Machine Safety",
        server.id,
        entry,
        committed.get(place));
  }

  private void restored(TestServer server, Snapshot snapshot) {
    require(snapshot.last().index() <= committed.size(), "snapshots are of commits", snapshot);
    List<String> commands = new ArrayList<>();
    for (Entry entry : committed.subList(0, (int) snapshot.last().index())) {
      if (entry.content() instanceof Content.Command command) {
        commands.add(command.bytes().text());
      }
    }
    require(
        snapshot.state().text().equals(String.join(",", commands)),
        "State Machine Safety",
        server.id,
        snapshot,
        commands);
  }

  /// What follows a snapshot was made after what the snapshot ends with.
  private void seam(LogView log) {
    long next = log.snapshot().index() + 1;
    if (next <= log.last().index()) {
      Made known = made.get(log.at(next).position());
      require(
          known == null || known.termBefore() == log.snapshot().term(),
          "Log Matching",
          log.snapshot(),
          known);
    }
  }

  /// Checks what is said to others: it must be on the disk by now.
  void said(TestServer server, ServerId to, Message message) {
    HardState state = server.disk().state();
    switch (message) {
      case VoteReply vote when vote.isGranted() && vote.campaign() != Campaign.PRE_VOTE -> {
        ServerId other = votes.putIfAbsent(new Ballot(server.id, vote.term()), to);
        require(other == null || other.equals(to), "one vote a term", server.id, vote, other);
        require(
            state.term() > vote.term()
                || (state.term() == vote.term() && state.votedFor().equals(to)),
            "a vote is stored before it is given",
            vote,
            state);
      }
      case AppendAccepted reply when state.term() == reply.term() ->
          require(
              server.disk().lastIndex() >= reply.matchIndex(),
              "entries are stored before they are accepted",
              server.id,
              reply,
              server.disk().lastIndex());
      default ->
          require(
              state.term() >= message.term() || isOfPreVote(message),
              "a term is stored before it is spoken of",
              server.id,
              message,
              state);
    }
  }

  private static boolean isOfPreVote(Message message) {
    return message instanceof Message.RequestVote request
        && request.campaign() == Campaign.PRE_VOTE;
  }

  /// Checks that a majority of all `servers` has stored what one applies.
  void appliedWithFixedMembers(List<TestServer> servers, Entry entry) {
    long copies = servers.stream().filter(server -> server.disk().has(entry)).count();
    require(copies > servers.size() / 2, "a majority has stored what is committed", entry, copies);
  }

  /// What was refused for good must not be done.
  void refusedForGood(String command) {
    for (Entry entry : committed) {
      require(
          !(entry.content() instanceof Content.Command done)
              || !Objects.equals(done.bytes().text(), command),
          "what was refused for good was done",
          command);
    }
  }
}
