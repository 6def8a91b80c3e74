package dev.labrys.raft;

import static dev.labrys.raft.RaftOption.BATCH_BYTES;
import static dev.labrys.raft.RaftOption.BATCH_ENTRIES;
import static dev.labrys.raft.RaftOption.CHECK_QUORUM;
import static dev.labrys.raft.RaftOption.ELECTION_MAX;
import static dev.labrys.raft.RaftOption.ELECTION_MIN;
import static dev.labrys.raft.RaftOption.FSYNC;
import static dev.labrys.raft.RaftOption.HEARTBEAT;
import static dev.labrys.raft.RaftOption.LEASE_PERMILLE;
import static dev.labrys.raft.RaftOption.NO_OP;
import static dev.labrys.raft.RaftOption.PIPELINE;
import static dev.labrys.raft.RaftOption.PRE_VOTE;
import static dev.labrys.raft.RaftOption.READS;
import static dev.labrys.raft.RaftOption.SNAPSHOT_CHUNK;
import static dev.labrys.raft.RaftOption.SNAPSHOT_ENTRIES;
import static dev.labrys.raft.RaftOption.WAITING_REQUESTS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// How a server behaves where the paper leaves a choice.
///
/// [#DEFAULTS] is sane. Others are written as people write them on a command line, `key=value`
/// ([#withAll]); options that can't be had together are refused, with what to do about it.
///
/// @param heartbeatNanos between two heartbeats of an idle leader
/// @param electionMinNanos the shortest time without a leader after which a server stands
/// @param electionMaxNanos the longest; each wait is drawn anew between the two (§5.2)
/// @param hasPreVote whether a server asks whether it could win before it raises its term
/// @param hasCheckQuorum whether a leader that hears no majority for the shortest election time
///   steps down, and voters that hear a leader refuse to vote
/// @param hasNoop whether a leader starts its term with an entry of its own (§8)
/// @param reads how reads are answered
/// @param batchEntries most entries of a message
/// @param batchBytes most bytes of commands in a message, if it has more than one
/// @param pipeline most messages with entries on their way to one server
/// @param snapshotEntries entries applied after which a snapshot is asked for; 0 for never
/// @param snapshotChunkBytes most bytes of a piece of a snapshot
/// @param waitingRequests most requests that wait at one server; more are refused
/// @param leasePermille how much of the shortest election time a lease lasts: what is missing to
///   1000 must cover how differently two clocks run
public record RaftOptions(
    long heartbeatNanos,
    long electionMinNanos,
    long electionMaxNanos,
    boolean hasPreVote,
    boolean hasCheckQuorum,
    boolean hasNoop,
    Reads reads,
    int batchEntries,
    int batchBytes,
    int pipeline,
    int snapshotEntries,
    int snapshotChunkBytes,
    int waitingRequests,
    int leasePermille,
    Fsync fsync) {

  private static final long MILLI = 1_000_000L;

  /// What is right for most clusters of one data centre.
  public static final RaftOptions DEFAULTS =
      new RaftOptions(
          100 * MILLI,
          400 * MILLI,
          800 * MILLI,
          true,
          true,
          true,
          Reads.INDEX,
          1_000,
          1 << 20,
          64,
          10_000,
          64 << 10,
          10_000,
          900,
          Fsync.ALWAYS);

  public RaftOptions {
    HEARTBEAT.check(heartbeatNanos);
    ELECTION_MIN.check(electionMinNanos);
    ELECTION_MAX.check(electionMaxNanos);
    BATCH_ENTRIES.check(batchEntries);
    BATCH_BYTES.check(batchBytes);
    PIPELINE.check(pipeline);
    SNAPSHOT_ENTRIES.check(snapshotEntries);
    SNAPSHOT_CHUNK.check(snapshotChunkBytes);
    WAITING_REQUESTS.check(waitingRequests);
    LEASE_PERMILLE.check(leasePermille);
    String heartbeat = HEARTBEAT.with(heartbeatNanos);
    String electionMin = ELECTION_MIN.with(electionMinNanos);
    require(
        heartbeatNanos < electionMinNanos,
        "%s must be shorter than %s, or servers stand for election between two heartbeats",
        heartbeat,
        electionMin);
    require(
        electionMinNanos <= electionMaxNanos,
        "%s must not be longer than %s: every wait is drawn between the two",
        electionMin,
        ELECTION_MAX.with(electionMaxNanos));
    require(
        hasNoop || reads == Reads.LOG || reads == Reads.LOCAL,
        "reads=%s needs no-op=true: before an entry of its own term is committed, a leader does not"
            + " know what is committed; or write reads=log",
        written(reads));
    require(
        hasCheckQuorum || reads != Reads.LEASE,
        "reads=lease needs check-quorum=true: a lease is the promise of voters that hear a leader"
            + " to refuse others; or write reads=index");
  }

  private static void require(boolean isSo, String complaint, String... values) {
    if (!isSo) {
      throw new IllegalArgumentException(complaint.formatted((Object[]) values));
    }
  }

  /// [#DEFAULTS] but for what `keyValues` say, each written `key=value`.
  ///
  /// @throws IllegalArgumentException as [#withAll] does
  public static RaftOptions parse(List<String> keyValues) {
    return DEFAULTS.withAll(keyValues);
  }

  /// These but for what `keyValues` say, each written `key=value`. Their order does not matter, but
  /// that of two with the same key the latter is taken.
  ///
  /// @throws IllegalArgumentException if one can't be understood, or if they can't be had together;
  ///   the message says in one line what is wrong and what would be right
  public RaftOptions withAll(List<String> keyValues) {
    Map<RaftOption, String> values = values();
    for (String keyValue : keyValues) {
      int equals = keyValue.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "'%s' must be written key=value, for example %s"
                .formatted(keyValue, HEARTBEAT.with(heartbeatNanos)));
      }
      values.put(
          RaftOption.of(keyValue.substring(0, equals).strip()),
          keyValue.substring(equals + 1).strip());
    }
    return of(values);
  }

  /// These but for one option.
  ///
  /// @throws IllegalArgumentException as [#withAll] does
  public RaftOptions with(String key, String value) {
    Map<RaftOption, String> values = values();
    values.put(RaftOption.of(key), value);
    return of(values);
  }

  /// Each option as it is written.
  private Map<RaftOption, String> values() {
    Map<RaftOption, String> values = new EnumMap<>(RaftOption.class);
    values.put(HEARTBEAT, HEARTBEAT.print(heartbeatNanos));
    values.put(ELECTION_MIN, ELECTION_MIN.print(electionMinNanos));
    values.put(ELECTION_MAX, ELECTION_MAX.print(electionMaxNanos));
    values.put(PRE_VOTE, Boolean.toString(hasPreVote));
    values.put(CHECK_QUORUM, Boolean.toString(hasCheckQuorum));
    values.put(NO_OP, Boolean.toString(hasNoop));
    values.put(READS, written(reads));
    values.put(BATCH_ENTRIES, BATCH_ENTRIES.print(batchEntries));
    values.put(BATCH_BYTES, BATCH_BYTES.print(batchBytes));
    values.put(PIPELINE, PIPELINE.print(pipeline));
    values.put(SNAPSHOT_ENTRIES, SNAPSHOT_ENTRIES.print(snapshotEntries));
    values.put(SNAPSHOT_CHUNK, SNAPSHOT_CHUNK.print(snapshotChunkBytes));
    values.put(WAITING_REQUESTS, WAITING_REQUESTS.print(waitingRequests));
    values.put(LEASE_PERMILLE, LEASE_PERMILLE.print(leasePermille));
    values.put(FSYNC, written(fsync));
    return values;
  }

  private static String written(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static RaftOptions of(Map<RaftOption, String> values) {
    return new RaftOptions(
        number(HEARTBEAT, values),
        number(ELECTION_MIN, values),
        number(ELECTION_MAX, values),
        isTrue(PRE_VOTE, values),
        isTrue(CHECK_QUORUM, values),
        isTrue(NO_OP, values),
        Reads.valueOf(word(READS, values)),
        count(BATCH_ENTRIES, values),
        count(BATCH_BYTES, values),
        count(PIPELINE, values),
        count(SNAPSHOT_ENTRIES, values),
        count(SNAPSHOT_CHUNK, values),
        count(WAITING_REQUESTS, values),
        count(LEASE_PERMILLE, values),
        Fsync.valueOf(word(FSYNC, values)));
  }

  private static long number(RaftOption option, Map<RaftOption, String> values) {
    return option.number(values.getOrDefault(option, ""));
  }

  private static int count(RaftOption option, Map<RaftOption, String> values) {
    return Math.toIntExact(number(option, values));
  }

  private static String word(RaftOption option, Map<RaftOption, String> values) {
    return option.word(values.getOrDefault(option, ""));
  }

  private static boolean isTrue(RaftOption option, Map<RaftOption, String> values) {
    return word(option, values).equals("TRUE");
  }

  /// All keys that may be written, and what each is for, in a line.
  public static SequencedMap<String, String> keys() {
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    for (RaftOption option : RaftOption.values()) {
      keys.put(option.key(), option.meaning());
    }
    return Collections.unmodifiableSequencedMap(keys);
  }

  /// All options as they are written, each `key=value`: what [#withAll] takes.
  public List<String> keyValues() {
    List<String> keyValues = new ArrayList<>();
    values().forEach((option, value) -> keyValues.add(option.key() + "=" + value));
    return List.copyOf(keyValues);
  }

  /// All options in a line.
  public String text() {
    return String.join(" ", keyValues());
  }

  /// Whether a cluster with these may lose what it acknowledged, or answer with what is no more so.
  public boolean isUnsafe() {
    return reads == Reads.LOCAL || fsync == Fsync.NEVER;
  }

  /// What somebody should know who chose these: each a sentence that names the option.
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (reads == Reads.LOCAL) {
      warnings.add("reads=local is unsafe: reads may return what has been overwritten");
    }
    if (fsync == Fsync.NEVER) {
      warnings.add("fsync=never is unsafe: the loss of power undoes acknowledged writes and votes");
    }
    if (electionMinNanos / 2 < heartbeatNanos) {
      warnings.add(
          "%s is less than twice %s: a single lost heartbeat starts an election"
              .formatted(ELECTION_MIN.with(electionMinNanos), HEARTBEAT.with(heartbeatNanos)));
    }
    if (electionMaxNanos - electionMinNanos < electionMinNanos / 4) {
      warnings.add(
          "%s is hardly longer than %s: servers stand at the same time, and split the votes"
              .formatted(ELECTION_MAX.with(electionMaxNanos), ELECTION_MIN.with(electionMinNanos)));
    }
    if (!hasNoop) {
      warnings.add(
          "no-op=false: what an earlier leader left is not committed before a new command");
    }
    return List.copyOf(warnings);
  }

  @Override
  public String toString() {
    return text();
  }

  /// How reads are answered.
  public enum Reads {
    /// By the leader, once a majority has confirmed that it still leads (thesis §6.4).
    INDEX,
    /// By the leader, while a majority has promised not to elect another (thesis §6.4.1). Right as
    /// long as clocks run almost alike.
    LEASE,
    /// By the log, like a command.
    LOG,
    /// By whoever is asked, at once. Unsafe: answers may be stale.
    LOCAL
  }

  /// When a shell takes a write for stored.
  public enum Fsync {
    /// When the disk says so.
    ALWAYS,
    /// When it was handed to the operating system. Unsafe: the loss of power undoes it.
    NEVER
  }
}
