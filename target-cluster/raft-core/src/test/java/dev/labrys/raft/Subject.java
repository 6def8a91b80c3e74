package dev.labrys.raft;

import dev.labrys.history.Seed;
import dev.labrys.raft.Message.AppendAccepted;
import dev.labrys.raft.Message.AppendEntries;
import dev.labrys.raft.Message.Campaign;
import dev.labrys.raft.Message.RequestVote;
import dev.labrys.raft.Message.VoteReply;
import dev.labrys.raft.Status.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The one server that a test looks at, n1; the others are played by the test.
///
/// What it writes is stored at once unless the test holds it back.
final class Subject implements TestServer.World {
  static final ServerId N1 = new ServerId(1);
  static final ServerId N2 = new ServerId(2);
  static final ServerId N3 = new ServerId(3);
  static final ServerId N4 = new ServerId(4);
  static final ServerId N5 = new ServerId(5);

  static final long MILLI = 1_000_000;

  /// Nothing but what the paper's Figure 2 has.
  static final RaftOptions PLAIN =
      RaftOptions.parse(
          List.of("pre-vote=false", "check-quorum=false", "no-op=false", "reads=log"));

  private final RaftOptions options;
  private final List<Effect> done = new ArrayList<>();
  private final TestServer server;

  private Subject(RaftOptions options, Stored stored) {
    this.options = options;
    this.server = new TestServer(N1, options, Rules.RAFT, stored, new Seed(1), this);
    server.start();
    server.performAll();
    done.clear();
  }

  /// A follower, just started, that finds this on its disk.
  static Subject of(RaftOptions options, Stored stored) {
    return new Subject(options, stored);
  }

  /// One of `servers` that have never run.
  static Subject fresh(RaftOptions options, int servers) {
    return of(options, Stored.initial(Configuration.ofVoters(servers)));
  }

  /// A follower in `term` that has not voted, and has this log, written as in [Logs#ofTerms].
  static Subject follower(RaftOptions options, int servers, long term, String terms) {
    return of(options, stored(Configuration.ofVoters(servers), term, terms));
  }

  static Stored stored(Configuration configuration, long term, String terms) {
    return new Stored(
        new HardState(term, ServerId.NOBODY), Snapshot.initial(configuration), Logs.ofTerms(terms));
  }

  /// A candidate of the term after `term`, asked for votes.
  static Subject candidate(RaftOptions options, int servers, long term, String terms) {
    Subject subject = follower(options, servers, term, terms);
    subject.stand();
    return subject;
  }

  /// The leader of the term after `term`, elected by all.
  static Subject leader(RaftOptions options, int servers, long term, String terms) {
    Subject subject = follower(options, servers, term, terms);
    subject.win();
    return subject;
  }

  Status status() {
    return server.status();
  }

  RoleName role() {
    return status().role();
  }

  long term() {
    return status().term();
  }

  LogView log() {
    return server.replica().log();
  }

  String terms() {
    return Logs.terms(log());
  }

  Stored stored() {
    return server.stored();
  }

  List<String> executed() {
    return server.executed();
  }

  long nowNanos() {
    return server.nowNanos();
  }

  long timerInNanos() {
    return server.timerAtNanos() - server.nowNanos();
  }

  @Override
  public void stepped(TestServer stepped, Input input, List<Effect> effects, Status before) {}

  @Override
  public void performed(TestServer performer, Effect effect) {
    if (!(effect instanceof Effect.SetTimer)) {
      done.add(effect);
    }
  }

  /// What it does about `input`, in this order, writes included and stored. Setting the timer is
  /// left out.
  List<Effect> tell(Input input) {
    server.step(input);
    return finish();
  }

  private List<Effect> finish() {
    server.performAll();
    return takeDone();
  }

  /// What has been done and not looked at yet.
  private List<Effect> takeDone() {
    List<Effect> taken = List.copyOf(done);
    done.clear();
    return taken;
  }

  /// What it does about `input` while its disk is slow: nothing that has to wait for it.
  List<Effect> tellWithSlowDisk(Input input) {
    server.step(input);
    server.performUpToWrite();
    return takeDone();
  }

  /// What it does once the disk has caught up.
  List<Effect> diskCatchesUp() {
    return finish();
  }

  List<Effect> receive(ServerId from, Message message) {
    return tell(new Input.Received(from, message));
  }

  /// What it says to `from` about `message`.
  List<Message> replies(ServerId from, Message message) {
    return messages(receive(from, message), from);
  }

  /// The only thing it says to `from` about `message`.
  Message reply(ServerId from, Message message) {
    List<Message> replies = replies(from, message);
    if (replies.size() != 1) {
      throw new AssertionError("expected one reply to %s, not %s".formatted(message, replies));
    }
    return replies.getFirst();
  }

  /// All that is sent to `to` among `effects`.
  static List<Message> messages(List<Effect> effects, ServerId to) {
    List<Message> messages = new ArrayList<>();
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send(ServerId receiver, Message message) when receiver.equals(to) ->
            messages.add(message);
        case Effect.SendAtOnce(ServerId receiver, Message message) when receiver.equals(to) ->
            messages.add(message);
        default -> {}
      }
    }
    return messages;
  }

  static <T extends Message> List<T> messages(List<Effect> effects, ServerId to, Class<T> type) {
    return messages(effects, to).stream().filter(type::isInstance).map(type::cast).toList();
  }

  static <T extends Effect> List<T> only(List<Effect> effects, Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Lets time pass to when it wants to be woken, and wakes it.
  List<Effect> fireTimer() {
    server.fireTimer();
    return finish();
  }

  /// Lets time pass, waking it when it wants to be.
  List<Effect> advance(long nanos) {
    long end = server.nowNanos() + nanos;
    List<Effect> all = new ArrayList<>();
    while (server.timerAtNanos() <= end) {
      all.addAll(fireTimer());
    }
    server.advanceTo(end);
    return all;
  }

  /// Lets time pass until it does something that `wanted` accepts.
  List<Effect> advanceUntil(Predicate<Status> wanted) {
    for (int timers = 0; timers < 100; timers++) {
      List<Effect> effects = fireTimer();
      if (wanted.test(status())) {
        return effects;
      }
    }
    throw new AssertionError("it never comes to that: " + status());
  }

  /// Lets it miss its leader; gives what it does when it stands for election, or asks whether it
  /// might.
  List<Effect> stand() {
    long term = term();
    return advanceUntil(status -> status.role() == RoleName.PRE_CANDIDATE || status.term() > term);
  }

  /// Lets it win an election with the votes of all; gives what it does as a leader at first.
  List<Effect> win() {
    List<Effect> effects = stand();
    for (int rounds = 0; rounds < 3 && role() != RoleName.LEADER; rounds++) {
      List<Effect> next = new ArrayList<>();
      for (Effect effect : effects) {
        if (effect instanceof Effect.Send(ServerId to, RequestVote request)) {
          next.addAll(receive(to, grant(request)));
        }
      }
      effects = next;
    }
    if (role() != RoleName.LEADER) {
      throw new AssertionError("it is not elected: " + status());
    }
    return effects;
  }

  /// The answer of a server of the same term – or of the one before, to a pre-vote.
  static VoteReply grant(RequestVote request) {
    boolean isPre = request.campaign() == Campaign.PRE_VOTE;
    return new VoteReply(
        isPre ? request.term() - 1 : request.term(), request.term(), request.campaign(), true);
  }

  static VoteReply vote(long term, boolean isGranted) {
    return new VoteReply(term, term, Campaign.ELECTION, isGranted);
  }

  static AppendAccepted accept(AppendEntries append) {
    return new AppendAccepted(append.term(), append.round(), append.lastIndex());
  }

  /// Lets `from` accept the last message with which `effects` would have it append.
  List<Effect> acceptLast(ServerId from, List<Effect> effects) {
    return receive(from, accept(messages(effects, from, AppendEntries.class).getLast()));
  }

  /// Crashes, and starts again with what was stored.
  List<Effect> restart() {
    server.crash();
    done.clear();
    server.start();
    return finish();
  }

  RequestId nextRequest() {
    return server.nextRequest();
  }

  List<Effect> propose(String command) {
    return tell(new Input.Proposed(nextRequest(), Bytes.of(command)));
  }

  List<Effect> read(String query) {
    return tell(new Input.ReadRequested(nextRequest(), Bytes.of(query)));
  }

  RaftOptions options() {
    return options;
  }
}
