package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;
import static dev.labrys.lab.LabNetwork.Quality.UNRELIABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The labs' `GenericTest`: clients that read and write all the time, while all that was asked for
/// goes wrong. In the end, what they have seen must be linearizable.
///
/// Of three rounds, each ends as follows: the clients are told to stop, the network is healed,
/// servers crash and come back, and each client gets to the end of its last call.
final class StoreLoad {
  private static final int ROUNDS = 3;
  private static final int LOG_PER_THRESHOLD = 8;
  private static final long LAST_CALL_MILLIS = 30_000;

  private final StoreLab lab;
  private final Plan plan;
  private final List<Client> clients = new ArrayList<>();
  private boolean isStopping;

  /// What goes wrong, or is otherwise special.
  enum Trouble {
    UNRELIABLE,
    CRASHES,
    PARTITIONS,
    /// Every client uses the keys of all.
    SHARED_KEYS
  }

  /// A load.
  ///
  /// @param roundMillis how long a round is
  /// @param snapshotBytes above how much log a server takes a snapshot; 0 for none at all
  record Plan(
      StoreKind kind, int clients, Set<Trouble> troubles, long roundMillis, long snapshotBytes) {
    Plan {
      troubles = Set.copyOf(troubles);
    }

    boolean has(Trouble trouble) {
      return troubles.contains(trouble);
    }
  }

  private StoreLoad(StoreLab lab, Plan plan) {
    this.lab = lab;
    this.plan = plan;
  }

  static void play(LabRun run, Plan plan) {
    int servers = run.servers();
    Snapshots snapshots =
        plan.snapshotBytes() == 0
            ? Snapshots.never(servers)
            : Snapshots.above(plan.snapshotBytes(), servers);
    LabNetwork.Quality quality = plan.has(Trouble.UNRELIABLE) ? UNRELIABLE : RELIABLE;
    new StoreLoad(new StoreLab(run, plan.kind(), quality, snapshots), plan).play();
  }

  private void play() {
    for (int i = 0; i < plan.clients(); i++) {
      clients.add(new Client(i));
    }
    for (int round = 0; round < ROUNDS; round++) {
      isStopping = false;
      clients.forEach(Client::begin);
      disturb();
      isStopping = true;
      recover();
      lab.await(
          LAST_CALL_MILLIS,
          "after all was healed, a client's last call did not end",
          () -> clients.stream().allMatch(Client::isIdle));
      if (plan.snapshotBytes() > 0) {
        lab.snapshots().requireLogsBelow(LOG_PER_THRESHOLD * plan.snapshotBytes());
      }
    }
    judge();
  }

  private void disturb() {
    long left = plan.roundMillis();
    while (plan.has(Trouble.PARTITIONS) && left > 0) {
      lab.partitionAtRandom();
      long pause = Math.min(left, StoreLab.ELECTION_MILLIS + lab.chance().below(200));
      lab.sleep(pause);
      left -= pause;
    }
    lab.sleep(left);
  }

  private void recover() {
    if (plan.has(Trouble.PARTITIONS)) {
      lab.heal();
      lab.sleep(StoreLab.ELECTION_MILLIS);
    }
    if (plan.has(Trouble.CRASHES)) {
      lab.restartAll();
    }
  }

  private void judge() {
    Clerk reader = lab.clerk();
    if (plan.snapshotBytes() > 0) {
      fillLog(reader);
    }
    for (int key = 0; key < plan.clients(); key++) {
      lab.get(reader, key(key));
    }
    for (Client client : clients) {
      if (client.calls == 0) {
        throw new LabFailure("client %d got no answer in all the time".formatted(client.number));
      }
    }
    lab.judge();
  }

  /// Goes on until a snapshot was taken, which a bad network may have kept clients from so far.
  private void fillLog(Clerk writer) {
    long enough = plan.snapshotBytes();
    for (int i = 0; i < enough && !lab.snapshots().areTaken(); i++) {
      lab.put(writer, key(0), "last");
    }
    lab.snapshots().requireTaken();
  }

  private static String key(int number) {
    return "k" + number;
  }

  /// Makes one call after the other until it is told to stop.
  private final class Client {
    private final Clerk clerk = lab.clerk();
    private final int number;
    private final Chance chance;
    private int calls;
    private boolean isBusy;

    Client(int number) {
      this.number = number;
      this.chance = new Chance(lab.simulation().random("client " + number));
    }

    boolean isIdle() {
      return !isBusy;
    }

    void begin() {
      isBusy = true;
      call();
    }

    private void next() {
      calls++;
      if (isStopping) {
        isBusy = false;
      } else {
        call();
      }
    }

    private void call() {
      boolean isShared = plan.has(Trouble.SHARED_KEYS);
      String key = key(isShared ? chance.below(plan.clients()) : number);
      String text = "%d.%d ".formatted(number, calls);
      if (chance.permille(500)) {
        clerk.add(key, text, this::next);
      } else if (isShared && chance.permille(100)) {
        clerk.put(key, text, this::next);
      } else {
        clerk.get(key, _ -> next());
      }
    }
  }
}
