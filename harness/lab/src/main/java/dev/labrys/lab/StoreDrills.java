package dev.labrys.lab;

import static dev.labrys.lab.LabNetwork.Quality.RELIABLE;
import static dev.labrys.lab.LabNetwork.Quality.UNRELIABLE;

import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The tests of the key/value stores that go step by step.
final class StoreDrills {
  private static final int LOG_PER_THRESHOLD = 8;

  /// How such a test goes.
  @FunctionalInterface
  interface Drill {

    /// Plays it once.
    ///
    /// @param snapshotBytes above how much log a server takes a snapshot; 0 for none at all
    void play(LabRun run, StoreKind kind, long snapshotBytes);
  }

  private StoreDrills() {}

  private static StoreLab lab(
      LabRun run, StoreKind kind, LabNetwork.Quality quality, long snapshotBytes) {
    int servers = run.servers();
    return new StoreLab(
        run,
        kind,
        quality,
        snapshotBytes == 0 ? Snapshots.never(servers) : Snapshots.above(snapshotBytes, servers));
  }

  /// The course allows three operations for each 100 ms, which is a heartbeat: who waits for the
  /// next heartbeat to replicate or to commit does not get there.
  static void speed(LabRun run, StoreKind kind, long snapshotBytes) {
    int writes = 1_000;
    double most = 100 / 3.0;
    StoreLab lab = lab(run, kind, RELIABLE, snapshotBytes);
    Clerk clerk = lab.clerk();
    lab.get(clerk, "x");
    long start = lab.simulation().nowNanos();
    for (int i = 0; i < writes; i++) {
      lab.add(clerk, "x", "x 0 %d y".formatted(i));
    }
    double millis = (double) (lab.simulation().nowNanos() - start) / LabRun.MILLI / writes;
    if (millis > most) {
      throw new LabFailure("a write took %.1f ms, more than %.1f".formatted(millis, most));
    }
    lab.judge();
  }

  static void oneKey(LabRun run, StoreKind kind, long snapshotBytes) {
    int clients = 5;
    StoreLab lab = lab(run, kind, UNRELIABLE, snapshotBytes);
    Clerk first = lab.clerk();
    lab.put(first, "k", "");
    AtomicInteger running = new AtomicInteger(clients);
    for (int client = 0; client < clients; client++) {
      addTimes(lab.clerk(), client, 0, running);
    }
    lab.await(60_000, "5 clients could not append 10 times each", () -> running.get() == 0);
    requireAllOnce(lab.get(first, "k"), clients);
    lab.judge();
  }

  private static void addTimes(Clerk clerk, int client, int done, AtomicInteger running) {
    if (done == 10) {
      running.decrementAndGet();
    } else {
      clerk.add("k", token(client, done), () -> addTimes(clerk, client, done + 1, running));
    }
  }

  private static String token(int client, int number) {
    return "x %d %d y".formatted(client, number);
  }

  private static void requireAllOnce(String text, int clients) {
    for (int client = 0; client < clients; client++) {
      int from = 0;
      for (int number = 0; number < 10; number++) {
        int place = text.indexOf(token(client, number));
        if (place < from || place != text.lastIndexOf(token(client, number))) {
          throw new LabFailure(
              "'%s' is missing, out of order or there twice in '%s'"
                  .formatted(token(client, number), text));
        }
        from = place;
      }
    }
  }

  static void onePartition(LabRun run, StoreKind kind, long snapshotBytes) {
    StoreLab lab = lab(run, kind, RELIABLE, snapshotBytes);
    Clerk everybody = lab.clerk();
    lab.put(everybody, "1", "13");
    Clerk one = lab.clerk();
    Clerk writer = lab.clerk();
    Clerk reader = lab.clerk();
    for (Clerk clerk : List.of(one, writer, reader)) {
      lab.requireHeld(clerk, "1", "13");
    }
    List<ServerId> minority = new ArrayList<>(List.of(lab.leader()));
    List<ServerId> majority = new ArrayList<>();
    for (ServerId server : lab.servers()) {
      if (!minority.contains(server)) {
        (minority.size() < 2 ? minority : majority).add(server);
      }
    }
    lab.partition(List.of(majority, minority));

    lab.confine(one, majority);
    lab.confine(writer, minority);
    lab.confine(reader, minority);
    lab.put(one, "1", "14");
    lab.requireHeld(one, "1", "14");

    AtomicInteger ended = new AtomicInteger();
    writer.put("1", "15", ended::incrementAndGet);
    reader.get("1", _ -> ended.incrementAndGet());
    lab.sleep(1_000);
    if (ended.get() > 0) {
      throw new LabFailure("two of five servers answered a client");
    }
    lab.requireHeld(one, "1", "14");
    lab.put(one, "1", "16");
    lab.requireHeld(one, "1", "16");

    lab.heal();
    lab.await(3_000, "calls from the minority did not end", () -> ended.get() == 2);
    lab.requireHeld(everybody, "1", "15");
    lab.judge();
  }

  static void snapshotRpc(LabRun run, StoreKind kind, long snapshotBytes) {
    StoreLab lab = lab(run, kind, RELIABLE, snapshotBytes);
    ServerId one = lab.servers().get(0);
    ServerId other = lab.servers().get(1);
    ServerId behind = lab.servers().get(2);
    Clerk everybody = lab.clerk();
    lab.put(everybody, "a", "A");
    lab.requireHeld(everybody, "a", "A");

    lab.partition(List.of(List.of(one, other), List.of(behind)));
    Clerk two = lab.clerk();
    lab.confine(two, List.of(one, other));
    for (int i = 0; i < 50; i++) {
      lab.put(two, Integer.toString(i), Integer.toString(i));
    }
    lab.sleep(StoreLab.ELECTION_MILLIS);
    lab.put(two, "b", "B");
    lab.snapshots().requireLogsBelow(LOG_PER_THRESHOLD * snapshotBytes);

    // The one who missed it all is needed for a majority now.
    lab.partition(List.of(List.of(one, behind), List.of(other)));
    Clerk mixed = lab.clerk();
    lab.confine(mixed, List.of(one, behind));
    lab.put(mixed, "c", "C");
    lab.put(mixed, "d", "D");
    lab.requireHeld(mixed, "a", "A");
    lab.requireHeld(mixed, "b", "B");
    lab.requireHeld(mixed, "1", "1");
    lab.requireHeld(mixed, "49", "49");

    lab.partition(List.of(List.of(one, other), List.of(behind)));
    lab.put(two, "e", "E");
    lab.requireHeld(two, "c", "C");
    lab.requireHeld(two, "e", "E");
    lab.requireHeld(two, "1", "1");
    lab.snapshots().requireInstalled();
    lab.judge();
  }

  static void snapshotSize(LabRun run, StoreKind kind, long snapshotBytes) {
    StoreLab lab = lab(run, kind, RELIABLE, snapshotBytes);
    Clerk clerk = lab.clerk();
    for (int i = 0; i < 200; i++) {
      lab.put(clerk, "x", "0");
      lab.requireHeld(clerk, "x", "0");
      lab.put(clerk, "x", "1");
      lab.requireHeld(clerk, "x", "1");
    }
    lab.snapshots().requireTaken();
    lab.snapshots().requireLogsBelow(LOG_PER_THRESHOLD * snapshotBytes);
    lab.snapshots().requireSnapshotsUpTo(500);
    lab.judge();
  }
}
