package dev.labrys.liveness;

import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Standing;
import dev.labrys.liveness.Glimpse.Leader;
import dev.labrys.liveness.LivenessVerdict.Fine;
import dev.labrys.liveness.LivenessVerdict.Undecided;
import dev.labrys.liveness.LivenessVerdict.Violated;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Decides from what was seen of a cluster whether it got on, and if not, at which step it stopped:
/// electing, committing, applying, or answering.
///
/// A pure function of what was seen, so it serves simulated and real clusters alike. It accuses
/// nobody of what the harness did not see: a hole in the observations, such as a stalled machine
/// leaves, gives the cluster its whole time anew.
public final class Liveness {
  private static final double SECOND = 1e9;

  /// Terms may grow by this much while all is well: one election that had to be repeated.
  private static final int USUAL_TERMS = 2;

  private final Demand demand;
  private final List<Glimpse> glimpses;
  private final List<Asked> asked;

  private Liveness(Demand demand, List<Glimpse> glimpses, List<Asked> asked) {
    this.demand = demand;
    this.glimpses = glimpses;
    this.asked = asked;
  }

  /// The verdict on a cluster of which this was seen, in the order of time.
  ///
  /// @param asked by clients of the healthy nodes, after the demand begins
  public static LivenessVerdict judge(Demand demand, List<Glimpse> glimpses, List<Asked> asked) {
    List<Glimpse> after =
        glimpses.stream().filter(each -> each.nanos() >= demand.fromNanos()).toList();
    return new Liveness(demand, after, asked).judge();
  }

  private LivenessVerdict judge() {
    Optional<Leader> last = lastLeader();
    if (last.isPresent() && isDone(last.get())) {
      return new Fine(last.get().node(), last.get().standing().term(), doneNanos(last.get()));
    }
    long start = unbrokenFrom();
    long seen = glimpses.isEmpty() ? 0 : glimpses.getLast().nanos() - start;
    if (seen < demand.nanos()) {
      String hole = start > demand.fromNanos() ? ", after a time in which nothing was seen" : "";
      return new Undecided(
          "the cluster was watched for %s, and %s are its due%s"
              .formatted(seconds(seen), seconds(demand.nanos()), hole));
    }
    long middle = glimpses.getLast().nanos() - demand.nanos() / 2;
    return last.filter(leader -> hasLedSince(leader, middle))
        .map(leader -> stuck(leader, middle))
        .orElseGet(() -> leaderless(start));
  }

  private Optional<Leader> lastLeader() {
    return glimpses.reversed().stream()
        .flatMap(each -> each.leader(demand.healthy()).stream())
        .findFirst();
  }

  /// Since when the cluster was looked at without a hole that is longer than half an election.
  private long unbrokenFrom() {
    long start = demand.fromNanos();
    long before = start;
    for (Glimpse each : glimpses) {
      if (each.nanos() - before > demand.electionNanos() / 2) {
        start = each.nanos();
      }
      before = each.nanos();
    }
    return start;
  }

  // What was demanded

  private boolean isDone(Leader leader) {
    return asked.stream().filter(Asked::isDone).count() >= demand.operations()
        && hasApplied(firstLast(leader));
  }

  /// Where the log of `leader` ended when it was first seen to lead.
  private long firstLast(Leader leader) {
    return glimpses.stream()
        .flatMap(each -> each.leader(demand.healthy()).stream())
        .filter(leader::isSame)
        .findFirst()
        .map(first -> first.standing().log().last())
        .orElse(0L);
  }

  /// Whether everybody has applied the entry `index`; who does not tell is believed to.
  private boolean hasApplied(long index) {
    return demand.healthy().stream()
        .allMatch(node -> latest(node).filter(standing -> hasApplied(standing, index)).isPresent());
  }

  private static boolean hasApplied(Standing standing, long index) {
    Standing.Log log = standing.log();
    return !log.isKnown() || (log.committed() >= index && log.applied() >= index);
  }

  /// What `node` said last.
  private Optional<Standing> latest(NodeId node) {
    return glimpses.reversed().stream().flatMap(each -> each.of(node).stream()).findFirst();
  }

  /// How long it took until that was so, with as many operations done as are demanded.
  private long doneNanos(Leader leader) {
    long index = firstLast(leader);
    LongStream applied =
        demand.healthy().stream().mapToLong(node -> appliedNanos(node, leader, index));
    LongStream answered =
        asked.stream()
            .flatMapToLong(each -> each.end().doneNanos().stream())
            .sorted()
            .limit(demand.operations());
    return LongStream.concat(applied, answered).max().orElse(demand.fromNanos())
        - demand.fromNanos();
  }

  /// When `node` had first applied the entry `index`, once `leader` led.
  private long appliedNanos(NodeId node, Leader leader, long index) {
    return glimpses.stream()
        .dropWhile(each -> each.leader(demand.healthy()).filter(leader::isSame).isEmpty())
        .filter(each -> each.of(node).filter(standing -> hasApplied(standing, index)).isPresent())
        .findFirst()
        .map(Glimpse::nanos)
        .orElse(demand.fromNanos());
  }

  // What keeps it

  /// Whether nobody else has led since then, and it said so more often than not.
  private boolean hasLedSince(Leader leader, long nanos) {
    List<Glimpse> since = glimpses.stream().filter(each -> each.nanos() >= nanos).toList();
    List<Leader> leaders =
        since.stream()
            .flatMap(each -> each.leader(demand.healthy()).stream())
            .filter(each -> each.standing().term() >= leader.standing().term())
            .toList();
    return leaders.size() * 2 > since.size() && leaders.stream().allMatch(leader::isSame);
  }

  /// A leader lasts, and still something is missing that was there at `middle` already.
  private LivenessVerdict stuck(Leader leader, long middle) {
    Standing.Log then =
        glimpses.stream()
            .filter(each -> each.nanos() >= middle)
            .flatMap(each -> each.leader(demand.healthy()).stream())
            .filter(leader::isSame)
            .findFirst()
            .orElse(leader)
            .standing()
            .log();
    if (then.isKnown() && leader.standing().log().committed() < then.last()) {
      return new Violated(LivenessFailure.LEADER_WITHOUT_COMMIT, uncommitted(leader, then.last()));
    }
    return demand.healthy().stream()
        .flatMap(node -> unapplied(node, then).stream())
        .findFirst()
        .map(reason -> new Violated(LivenessFailure.COMMIT_WITHOUT_APPLY, reason))
        .orElseGet(() -> new Violated(LivenessFailure.CLIENT_STUCK, unanswered(leader)));
  }

  /// What `node` has not applied that was committed `then`, in words.
  private Optional<String> unapplied(NodeId node, Standing.Log then) {
    Optional<Standing.Log> log =
        latest(node)
            .map(Standing::log)
            .filter(Standing.Log::isKnown)
            .filter(mine -> mine.applied() < then.committed());
    return log.map(mine ->
        "entry %d is committed, and %s has applied no more than entry %d%s"
            .formatted(
                then.committed(),
                node,
                mine.applied(),
                mine.committed() < then.committed() ? ": it has not been told" : ""));
  }

  private String unanswered(Leader leader) {
    return "%s leads term %d, and all that it had is applied everywhere; of %d operations %d are"
            .formatted(
                leader.node(),
                leader.standing().term(),
                asked.size(),
                asked.stream().filter(Asked::isDone).count())
        + " done, and %d have no answer".formatted(asked.stream().filter(Asked::isPending).count());
  }

  private static String uncommitted(Leader leader, long index) {
    Standing standing = leader.standing();
    boolean isOldTail =
        standing.log().lastTerm() >= 0 && standing.log().lastTerm() < standing.term();
    return "%s; %s leads term %d with entries up to %d, committed up to %d"
        .formatted(
            isOldTail ? "old-term tail, no no-op" : "its own entries find no majority",
            leader.node(),
            standing.term(),
            index,
            standing.log().committed());
  }

  private LivenessVerdict leaderless(long start) {
    List<Glimpse> window = glimpses.stream().filter(each -> each.nanos() >= start).toList();
    Set<Long> ledTerms = new TreeSet<>();
    Set<Long> termsOfOutsiders = new TreeSet<>();
    for (Glimpse each : window) {
      each.leader(demand.healthy()).ifPresent(leader -> ledTerms.add(leader.standing().term()));
      outsidersTerm(each).ifPresent(termsOfOutsiders::add);
    }
    long before = window.getFirst().term(demand.healthy());
    long after = window.getLast().term(demand.healthy());
    String terms = "terms grew from %d to %d".formatted(before, after);
    if (after - before <= USUAL_TERMS) {
      String outsider =
          window
              .getLast()
              .leader(window.getLast().nodes().keySet())
              .filter(leader -> leader.standing().term() >= after)
              .map(leader ->
                  "; %s, which is cut off, leads on: no check-quorum".formatted(leader.node()))
              .orElse("");
      return new Violated(
          LivenessFailure.NO_LEADER, "nobody leads, in term %d%s".formatted(after, outsider));
    }
    if (!ledTerms.isEmpty() && termsOfOutsiders.size() > USUAL_TERMS) {
      return new Violated(
          LivenessFailure.DEPOSED_BY_OUTSIDER,
          "%s, %d of them had a leader, and a node that is cut off was in %d of them as early"
              .formatted(terms, ledTerms.size(), termsOfOutsiders.size()));
    }
    return new Violated(
        LivenessFailure.ELECTION_LIVELOCK,
        "%s, and %d of them had a leader".formatted(terms, ledTerms.size()));
  }

  /// The term of a node that is cut off, if it is that of the healthy nodes and none of these leads
  /// it, or will be next.
  private Optional<Long> outsidersTerm(Glimpse glimpse) {
    long latest = glimpse.term(demand.healthy());
    return glimpse.nodes().entrySet().stream()
        .filter(each -> !demand.healthy().contains(each.getKey()))
        .map(each -> each.getValue().term())
        .filter(term -> term == latest || term == latest + 1)
        .filter(term ->
            glimpse
                .leader(demand.healthy())
                .filter(leader -> leader.standing().term() == term)
                .isEmpty())
        .findFirst();
  }

  private static String seconds(long nanos) {
    return "%.1f s".formatted(nanos / SECOND);
  }
}
