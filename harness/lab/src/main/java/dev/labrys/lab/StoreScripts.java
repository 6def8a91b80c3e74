package dev.labrys.lab;

import static dev.labrys.lab.StoreLoad.Trouble.CRASHES;
import static dev.labrys.lab.StoreLoad.Trouble.PARTITIONS;
import static dev.labrys.lab.StoreLoad.Trouble.SHARED_KEYS;
import static dev.labrys.lab.StoreLoad.Trouble.UNRELIABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Parts 3A and 3B, and 4B and 4C: the key/value stores on top of Raft.
final class StoreScripts {
  private static final long SNAPSHOT_BYTES = 1_000;

  /// One of the lists of tests, which are much alike.
  private record Course(StoreKind kind, Part part, long roundMillis, long snapshotBytes) {

    LabTest load(
        String title, int servers, int clients, String demand, StoreLoad.Trouble... troubles) {
      StoreLoad.Plan plan =
          new StoreLoad.Plan(kind, clients, Set.of(troubles), roundMillis, snapshotBytes);
      return new LabTest(title, part, servers, demand, run -> StoreLoad.play(run, plan));
    }

    LabTest test(String title, int servers, String demand, StoreDrills.Drill drill) {
      return new LabTest(title, part, servers, demand, run -> drill.play(run, kind, snapshotBytes));
    }
  }

  private StoreScripts() {}

  /// With sessions.
  static List<LabTest> sessionTests() {
    Course plain = new Course(StoreKind.SESSIONS, Part.STORE, 5_000, 0);
    Course snapshots = new Course(StoreKind.SESSIONS, Part.STORE_SNAPSHOTS, 5_000, SNAPSHOT_BYTES);
    List<LabTest> tests = new ArrayList<>(withoutSnapshots(plain));
    int unreliable = 3;
    tests.add(
        unreliable + 1,
        plain.test(
            "UnreliableOneKey",
            3,
            "5 clients append 10 times each to one text, on a bad network",
            StoreDrills::oneKey));
    tests.addAll(withSnapshots(snapshots));
    return tests;
  }

  /// With versions.
  static List<LabTest> versionTests() {
    Course plain = new Course(StoreKind.VERSIONS, Part.VERSIONED_STORE, 1_000, 0);
    Course snapshots =
        new Course(StoreKind.VERSIONS, Part.VERSIONED_STORE_SNAPSHOTS, 1_000, SNAPSHOT_BYTES);
    return Stream.of(withoutSnapshots(plain), withSnapshots(snapshots))
        .flatMap(List::stream)
        .toList();
  }

  private static List<LabTest> withoutSnapshots(Course course) {
    return List.of(
        course.load("Basic", 5, 1, "1 client reads and writes"),
        course.test(
            "Speed", 3, "1,000 writes in a row take 33 ms each at most", StoreDrills::speed),
        course.load("Concurrent", 5, 5, "5 clients read and write"),
        course.load("Unreliable", 5, 5, "5 clients on a bad network", UNRELIABLE),
        course.test(
            "OnePartition",
            5,
            "a minority answers nothing, and does within 3 s once it is no more",
            StoreDrills::onePartition),
        course.load(
            "ManyPartitionsOneClient", 5, 1, "the cluster is cut in two every second", PARTITIONS),
        course.load("ManyPartitionsManyClients", 5, 5, "the same with 5 clients", PARTITIONS),
        course.load("PersistOneClient", 5, 1, "all servers crash in each round", CRASHES),
        course.load("PersistConcurrent", 5, 5, "the same with 5 clients", CRASHES),
        course.load(
            "PersistConcurrentUnreliable", 5, 5, "the same on a bad network", UNRELIABLE, CRASHES),
        course.load("PersistPartition", 5, 5, "crashes and partitions", CRASHES, PARTITIONS),
        course.load(
            "PersistPartitionUnreliable",
            5,
            5,
            "crashes and partitions on a bad network",
            UNRELIABLE,
            CRASHES,
            PARTITIONS),
        course.load(
            "PersistPartitionUnreliableLinearizable",
            7,
            15,
            "the same with 15 clients who share their keys",
            UNRELIABLE,
            CRASHES,
            PARTITIONS,
            SHARED_KEYS));
  }

  private static List<LabTest> withSnapshots(Course course) {
    return List.of(
        course.test(
            "SnapshotRPC",
            3,
            "a server that missed much gets a snapshot, and then leads or follows",
            StoreDrills::snapshotRpc),
        course.test(
            "SnapshotSize",
            3,
            "after 400 calls, logs take 8,000 bytes and snapshots 500 at most",
            StoreDrills::snapshotSize),
        course.test(
            "Speed", 3, "1,000 writes in a row take 33 ms each at most", StoreDrills::speed),
        course.load("SnapshotRecover", 5, 1, "all servers crash in each round", CRASHES),
        course.load("SnapshotRecoverManyClients", 5, 20, "the same with 20 clients", CRASHES),
        course.load("SnapshotUnreliable", 5, 5, "5 clients on a bad network", UNRELIABLE),
        course.load(
            "SnapshotUnreliableRecover", 5, 5, "crashes on a bad network", UNRELIABLE, CRASHES),
        course.load(
            "SnapshotUnreliableRecoverConcurrentPartition",
            5,
            5,
            "crashes and partitions on a bad network",
            UNRELIABLE,
            CRASHES,
            PARTITIONS),
        course.load(
            "SnapshotUnreliableRecoverConcurrentPartitionLinearizable",
            7,
            15,
            "the same with 15 clients who share their keys",
            UNRELIABLE,
            CRASHES,
            PARTITIONS,
            SHARED_KEYS));
  }
}
