package dev.labrys.lab;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.Entry;
import dev.labrys.raft.HardState;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.LogView;
import dev.labrys.raft.Message;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/// The rules of Raft with one of them wrong.
final class PlantedRules {

  private PlantedRules() {}

  /// Votes for whoever asks, as often as asked.
  static final Rules VOTES_TWICE =
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          return candidateLast.compareTo(myLast) >= 0;
        }
      };

  /// Votes for those who lack what it has.
  static final Rules NO_UP_TO_DATE_CHECK =
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          return mine.votedFor().equals(ServerId.NOBODY) || mine.votedFor().equals(candidate);
        }
      };

  /// Takes the longer log for the better one.
  static final Rules LONGEST_LOG_WINS =
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          boolean isFree =
              mine.votedFor().equals(ServerId.NOBODY) || mine.votedFor().equals(candidate);
          return isFree && candidateLast.index() >= myLast.index();
        }
      };

  /// Refuses a candidate with a later term if its log is shorter.
  static final Rules BOTH_MUST_BE_LARGER =
      new Rules() {
        @Override
        public boolean grantsVote(
            HardState mine, LogPosition myLast, ServerId candidate, LogPosition candidateLast) {
          return RAFT.grantsVote(mine, myLast, candidate, candidateLast)
              && candidateLast.index() >= myLast.index();
        }
      };

  /// Takes half for a majority.
  static final Rules HALF_ELECTS =
      new Rules() {
        @Override
        public boolean isElected(Configuration configuration, Predicate<ServerId> hasVotedForMe) {
          long votes = configuration.voters().stream().filter(hasVotedForMe).count();
          return 2 * votes >= configuration.voters().size();
        }
      };

  /// Is elected by the new cluster alone while both must agree.
  static final Rules NEW_CLUSTER_ELECTS =
      new Rules() {
        @Override
        public boolean isElected(Configuration configuration, Predicate<ServerId> hasVotedForMe) {
          return RAFT.isElected(withoutOutgoing(configuration), hasVotedForMe);
        }
      };

  /// Commits what the new cluster alone has while both must agree.
  static final Rules NEW_CLUSTER_COMMITS =
      new Rules() {
        @Override
        public long replicated(Configuration configuration, ToLongFunction<ServerId> matchIndex) {
          return RAFT.replicated(withoutOutgoing(configuration), matchIndex);
        }
      };

  private static Configuration withoutOutgoing(Configuration configuration) {
    return new Configuration(configuration.voters(), List.of(), configuration.learners());
  }

  /// Counts the copies of those who only receive.
  static final Rules LEARNERS_COUNT =
      new Rules() {
        @Override
        public long replicated(Configuration configuration, ToLongFunction<ServerId> matchIndex) {
          List<ServerId> all = new ArrayList<>(configuration.voters());
          all.addAll(configuration.learners());
          return RAFT.replicated(
              new Configuration(all, configuration.outgoing(), List.of()), matchIndex);
        }
      };

  /// Commits what one server less than a majority has.
  static final Rules MINORITY_COMMITS =
      new Rules() {
        @Override
        public long replicated(Configuration configuration, ToLongFunction<ServerId> matchIndex) {
          List<Long> indices =
              configuration.members().stream()
                  .filter(configuration::isVoter)
                  .map(matchIndex::applyAsLong)
                  .sorted(Comparator.reverseOrder())
                  .toList();
          return indices.isEmpty() ? 0 : indices.get(Math.max(0, indices.size() / 2 - 1));
        }
      };

  /// Takes entries after anything.
  static final Rules NO_PREVIOUS_CHECK =
      new Rules() {
        @Override
        public boolean hasPrevious(LogView log, LogPosition previous) {
          return previous.index() <= log.last().index();
        }
      };

  /// Writes all that it is sent, and so drops what a later message had brought.
  static final Rules TRUNCATES_ALWAYS =
      new Rules() {
        @Override
        public long firstToWrite(LogView log, List<Entry> entries) {
          for (Entry entry : entries) {
            if (entry.index() > log.snapshot().index()) {
              return entry.index();
            }
          }
          return RAFT.firstToWrite(log, entries);
        }
      };

  /// Keeps what it has, right or wrong.
  static final Rules TRUNCATES_NEVER =
      new Rules() {
        @Override
        public long firstToWrite(LogView log, List<Entry> entries) {
          return log.last().index() + 1;
        }
      };

  /// Commits entries of earlier terms by counting copies (Figure 8).
  static final Rules COMMITS_OLD_TERMS =
      new Rules() {
        @Override
        public long leaderCommit(long commitIndex, long replicated, LogView log, long term) {
          return Math.max(commitIndex, replicated);
        }
      };

  /// Commits what the leader has committed, whether it has that or something else. Made for one
  /// server, whose log it gets to know.
  static Rules commitsUnverified() {
    return new Rules() {
      private Optional<LogView> mine = Optional.empty();

      @Override
      public boolean hasPrevious(LogView log, LogPosition previous) {
        mine = Optional.of(log);
        return RAFT.hasPrevious(log, previous);
      }

      @Override
      public long followerCommit(long commitIndex, Message.AppendEntries message) {
        long last = mine.map(log -> log.last().index()).orElse(0L);
        return Math.max(commitIndex, Math.min(message.commitIndex(), last));
      }
    };
  }

  /// Keeps what comes after a snapshot even if it is from another log.
  static final Rules KEEPS_ANY_SUFFIX =
      new Rules() {
        @Override
        public boolean keepsSuffix(LogView log, LogPosition snapshot) {
          return snapshot.index() <= log.last().index()
              && snapshot.index() >= log.snapshot().index();
        }
      };

  /// Lets a snapshot replace what is newer.
  static final Rules DROPS_SUFFIX =
      new Rules() {
        @Override
        public boolean keepsSuffix(LogView log, LogPosition snapshot) {
          return false;
        }
      };

  /// Reads as a new leader before it knows what is committed.
  static final Rules READS_EARLY =
      new Rules() {
        @Override
        public boolean knowsCommitted(LogView log, long commitIndex, long term) {
          return true;
        }
      };

  /// Trusts promises for longer than they were given.
  static final Rules LONG_LEASE =
      new Rules() {
        @Override
        public long leaseNanos(RaftOptions options) {
          return 4 * options.electionMaxNanos();
        }
      };

  /// Waits as long as everybody else.
  static final Rules SAME_TIMEOUT =
      new Rules() {
        @Override
        public long electionTimeoutNanos(RaftOptions options, RandomGenerator random) {
          return options.electionMinNanos();
        }
      };
}
