package dev.labrys.raft.node;

import dev.labrys.raft.Raft;
import dev.labrys.raft.Replica;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.StateMachine;
import dev.labrys.raft.Stored;
import dev.labrys.raft.store.Sessions;
import dev.labrys.raft.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// A server of a cluster with a disk, a network and clients.
///
/// Two threads do nearly all of it. The [Loop] tells the [Raft] what happens, one thing at a time,
/// and talks to the network; the [Performer] writes, waits for the disk, and runs the state
/// machine.
final class Node implements AutoCloseable {
  private final NodeOptions options;
  private final TroubledFiles files;
  private final Storage storage;
  private final Stored stored;
  private final NodeLog log;
  private final Reactor reactor;
  private final Dialer dialer;
  private final Performer performer;
  private final Shell shell;
  private final Requests requests;
  private final PeerLinks links;
  private final PeerPort peerPort;
  private final ClientPort clientPort;
  private final Loop loop;
  private final HttpApi http;
  private final Ports ports;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /// Why a node should be closed.
  sealed interface End {

    /// Somebody asked for it.
    record Asked(String by) implements End {}

    /// It can't go on.
    record Failed(Throwable why) implements End {}
  }

  /// Takes the ports and the data folder, and is ready to [start][#start].
  static Node open(NodeOptions options, FileLayer real, NodeLog log)
      throws UnavailableException, IOException {
    Ports ports = Ports.take(options);
    TroubledFiles files = new TroubledFiles(real);
    try {
      Storage storage = storage(options, files);
      try {
        return new Node(options, files, storage, ports, log);
      } catch (IOException | RuntimeException failed) {
        storage.close();
        throw failed;
      }
    } catch (UnavailableException | IOException | RuntimeException failed) {
      ports.close();
      throw failed;
    }
  }

  private static Storage storage(NodeOptions options, FileLayer files) throws UnavailableException {
    try {
      return Storage.open(
          options.data(), options.identity(), options.initial(), options.raft().fsync(), files);
    } catch (StorageException unusable) {
      throw new UnavailableException(String.valueOf(unusable.getMessage()), unusable);
    } catch (IOException failed) {
      throw new UnavailableException(
          "the data folder %s can't be read or written: %s".formatted(options.data(), failed),
          failed);
    }
  }

  private Node(NodeOptions options, TroubledFiles files, Storage storage, Ports ports, NodeLog log)
      throws IOException {
    this.options = options;
    this.files = files;
    this.storage = storage;
    this.ports = ports;
    this.log = log;
    this.stored = storage.stored();
    String name = options.node().toString();
    reactor = new Reactor();
    dialer = new Dialer(name + "-dial", reactor);
    performer = new Performer(name + "-disk", storage, machine(), this::performed, this::fail);
    links = new PeerLinks(options, ports.advertised(options), reactor, dialer, log);
    shell = new Shell(replica(), performer, links::send, log);
    requests = new Requests(shell, options.limits());
    peerPort = new PeerPort(options, ports.peer(), reactor, shell, links, log);
    clientPort =
        new ClientPort(options, ports.client(), reactor, requests, this::clientPortOf, log);
    List<Timed> entrances = List.of(peerPort.entrance(), clientPort.entrance());
    loop = new Loop(name + "-loop", reactor, shell, requests, links, entrances, log, this::fail);
    http = new HttpApi(ports.http(), this, options, log);
  }

  private static StateMachine machine() {
    return new Sessions(new Store());
  }

  private Replica replica() {
    return Raft.open(options.node(), options.raft(), Rules.RAFT, stored, Dice.of(options));
  }

  private void performed(List<Performed> done) {
    loop.performed(done);
  }

  private String clientPortOf(ServerId server) {
    return whereabouts(server).client();
  }

  /// Where clients find `server`, as far as it is known. For any thread.
  PeerPort.Whereabouts whereabouts(ServerId server) {
    return server.equals(options.node()) ? ports.advertised(options) : peerPort.whereabouts(server);
  }

  /// Serves from now on.
  Node start() {
    log.event("start")
        .with("cluster", options.cluster())
        .with("repairs", String.join("; ", storage.repairs()))
        .with("stored-term", stored.state().term())
        .with("snapshot", stored.snapshot().last().index())
        .with("entries", stored.entries().size())
        .with("raft", options.raft().text())
        .write();
    warnings().forEach(text -> log.event("warning").with("text", text).write());
    options.peers().forEach(links::tell);
    peerPort.entrance().open();
    clientPort.entrance().open();
    performer.start();
    loop.start();
    http.start();
    return this;
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(options.raft().warnings());
    OpenFiles files = OpenFiles.ofThisProcess();
    int wanted = options.limits().clients();
    if (files.clients(wanted) < wanted) {
      warnings.add(
          "there can be %d connections of clients and not %d, as this process may open %d files"
              .formatted(files.clients(wanted), wanted, files.limit()));
    }
    return warnings;
  }

  /// Where it listens.
  Ports ports() {
    return ports;
  }

  NodeOptions options() {
    return options;
  }

  /// Tells the node where a peer is, in place of what it was told before.
  void tell(ServerId peer, HostPort address) {
    reactor.execute(() -> links.tell(peer, address));
  }

  /// Lets no timer of the server fire for so long: what happens when a machine is late. All else
  /// goes on. 0 ends that.
  void stallTimers(long nanos) {
    log.event("timers-stalled").with("nanos", nanos).write();
    reactor.execute(() -> shell.stallTimer(System.nanoTime() + nanos));
  }

  /// Lets the timers of the server go faster by so many millionths, or slower if negative.
  void driftTimers(long millionths) {
    log.event("timers-drift").with("millionths", millionths).write();
    reactor.execute(() -> shell.driftTimer(millionths));
  }

  /// Lets its disk have a trouble, in place of the one before.
  void troubleDisk(TroubledFiles.Trouble trouble) {
    log.event("disk-troubled")
        .with("trouble", trouble.kind().word())
        .with("sync-delay-nanos", trouble.syncDelayNanos())
        .write();
    files.have(trouble);
  }

  /// Asks it something.
  ///
  /// @param budgetNanos how long a reply is of use
  /// @return completed by the thread of the loop
  CompletableFuture<Reply> ask(Ask ask, long budgetNanos) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    long deadline = System.nanoTime() + budgetNanos;
    reactor.execute(() -> requests.ask(ask, deadline, reply::complete));
    return reply;
  }

  /// What it is like.
  ///
  /// @return completed by the thread of the loop
  CompletableFuture<NodeStatus> status() {
    CompletableFuture<NodeStatus> status = new CompletableFuture<>();
    reactor.execute(() -> status.complete(look()));
    return status;
  }

  private NodeStatus look() {
    return new NodeStatus(
        shell.status(),
        shell.snapshot(),
        shell.timerNanos(),
        requests.waiting(),
        performer.backlog(),
        clientPort.entrance().inside().size(),
        whereabouts(shell.status().leader()),
        NodeStatus.links(links));
  }

  /// Completed when the node should be closed, with the reason. A node that can't go on has stopped
  /// serving by then.
  CompletableFuture<End> end() {
    return end;
  }

  /// Lets whoever runs the node stop it.
  void askToStop(String by) {
    end.complete(new End.Asked(by));
  }

  private void fail(Throwable why) {
    if (end.complete(new End.Failed(why))) {
      log.event(why instanceof IOException ? "storage-failed" : "failed")
          .with("why", why.toString())
          .write();
    }
    loop.end();
  }

  /// Lets nobody in any more, and takes no new requests.
  ///
  /// @return completed when none waits any more
  CompletableFuture<Void> retire() {
    CompletableFuture<Void> idle = new CompletableFuture<>();
    reactor.execute(() -> {
      clientPort.entrance().shut();
      requests.shut();
      requests.whenIdle(() -> idle.complete(null));
    });
    return idle;
  }

  /// Lets `target` lead, also if the node has retired.
  CompletableFuture<Reply> handOver(ServerId target, long budgetNanos) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    long deadline = System.nanoTime() + budgetNanos;
    reactor.execute(() -> requests.enter(new Ask.Transfer(target), deadline, reply::complete));
    return reply;
  }

  /// Stops gracefully, as far as that does not take long: finishes what waits, lets another server
  /// lead, and closes.
  void stop() {
    Farewell.say(this, log);
    close();
  }

  /// Ends at once.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    end.complete(new End.Asked("close"));
    http.close();
    loop.end();
    loop.join();
    performer.close();
    dialer.close();
    ports.close();
    try {
      storage.close();
    } catch (IOException failed) {
      log.event("storage-failed").with("why", String.valueOf(failed.getMessage())).write();
    }
    log.event("stopped").write();
  }
}
