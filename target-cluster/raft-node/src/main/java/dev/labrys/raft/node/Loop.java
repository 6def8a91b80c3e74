package dev.labrys.raft.node;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Effect;
import dev.labrys.raft.Input;
import dev.labrys.raft.Message;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.ServerId;
import java.util.List;
import java.util.function.Consumer;

/// The thread on which a node lives: it alone tells the server what happens, and talks to the
/// network.
///
/// Each turn takes what sockets and other threads have brought, and only then hands over what has
/// to wait for the disk, and writes to sockets: the more there is to do, the more is done at once.
final class Loop {
  private final Reactor reactor;
  private final Shell shell;
  private final Requests requests;
  private final PeerLinks links;
  private final List<Timed> timed;
  private final NodeLog log;
  private final Consumer<Throwable> whenBroken;
  private final Thread thread;
  private boolean isEnding;

  /// @param others who wants to be woken beside the server, the requests and the links
  /// @param whenBroken told why it has ended, if nobody [ended][#end] it
  Loop(
      String name,
      Reactor reactor,
      Shell shell,
      Requests requests,
      PeerLinks links,
      List<Timed> others,
      NodeLog log,
      Consumer<Throwable> whenBroken) {
    this.reactor = reactor;
    this.shell = shell;
    this.requests = requests;
    this.links = links;
    this.timed = others;
    this.log = log;
    this.whenBroken = whenBroken;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      shell.tell(new Input.Started());
      while (!isEnding) {
        shell.submit().forEach(this::take);
        reactor.flush();
        reactor.turn(untilWake());
        onTime();
      }
    } catch (InterruptedException | RuntimeException | Error broken) {
      whenBroken.accept(broken);
    } finally {
      leave();
    }
  }

  /// Tells all who wait, as far as their sockets take it at once.
  private void leave() {
    requests.shut();
    requests.abandon();
    try {
      reactor.turn(0);
      reactor.flush();
    } finally {
      reactor.close();
    }
  }

  private long untilWake() {
    long wake = Math.min(shell.wakeNanos(), Math.min(requests.wakeNanos(), links.wakeNanos()));
    for (Timed each : timed) {
      wake = Math.min(wake, each.wakeNanos());
    }
    return wake == Long.MAX_VALUE ? wake : wake - System.nanoTime();
  }

  private void onTime() {
    long now = System.nanoTime();
    shell.onTime(now);
    requests.onTime(now);
    links.onTime(now);
    for (Timed each : timed) {
      each.onTime(now);
    }
  }

  /// Passes on what the [Performer] has done. For any thread.
  void performed(List<Performed> done) {
    reactor.execute(() -> done.forEach(this::take));
  }

  private void take(Performed performed) {
    switch (performed) {
      case Performed.Written(Effect.Persist write) -> shell.tell(new Input.Persisted(write));
      case Performed.Free(ServerId to, Message message) -> links.send(to, message);
      case Performed.Replied(RequestId request, Reply reply) -> requests.reply(request, reply);
      case Performed.Described(long index, Bytes state) -> {
        note("snapshot-taken", index, state.length());
        shell.tell(new Input.SnapshotTaken(index, state));
      }
      case Performed.Restored(long index, int bytes) -> note("snapshot-installed", index, bytes);
    }
  }

  private void note(String event, long index, int bytes) {
    log.event(event).with("index", index).with("bytes", bytes).write();
  }

  /// Ends it soon. For any thread.
  void end() {
    reactor.execute(() -> isEnding = true);
  }

  /// Waits until it has ended.
  void join() {
    Joining.join(thread);
  }
}
