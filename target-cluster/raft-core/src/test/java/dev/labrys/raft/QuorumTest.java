package dev.labrys.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Majorities, compared with an oracle that knows nothing but what a majority is: it enumerates all
/// sets of servers.
final class QuorumTest {
  private static final int SERVERS = 7;

  @Test
  void everyMajorityIsRecognisedInEveryConfiguration() {
    for (int voters = 1; voters < 1 << 4; voters++) {
      for (int outgoing = 0; outgoing < 1 << 4; outgoing++) {
        for (int inFavour = 0; inFavour < 1 << 4; inFavour++) {
          Configuration configuration =
              new Configuration(servers(voters), servers(outgoing), List.of());
          List<ServerId> agreeing = servers(inFavour);

          assertThat(Quorum.isReached(configuration, agreeing::contains))
              .as("%s with %s", configuration, agreeing)
              .isEqualTo(isQuorum(configuration, Set.copyOf(agreeing)));
        }
      }
    }
  }

  /// What all the safety arguments rest on (§5.4.3, §6).
  @Test
  void anyTwoQuorumsOfAConfigurationHaveAVoterInCommon() {
    Configuration joint =
        new Configuration(servers(0b0011101), servers(0b1110100), List.of(new ServerId(2)));
    List<Set<ServerId>> quorums = new ArrayList<>();
    for (int some = 0; some < 1 << SERVERS; some++) {
      List<ServerId> agreeing = servers(some);
      if (Quorum.isReached(joint, agreeing::contains)) {
        quorums.add(Set.copyOf(agreeing));
      }
    }

    assertThat(quorums).isNotEmpty();
    for (Set<ServerId> one : quorums) {
      for (Set<ServerId> other : quorums) {
        Set<ServerId> common = new HashSet<>(one);
        common.retainAll(other);
        assertThat(common).anyMatch(joint::isVoter);
      }
    }
  }

  @Test
  void whatAQuorumHasReachedIsWhatTheOracleSays() {
    Property.forAll(
        5_000,
        (random, _) -> {
          Configuration configuration = randomConfiguration(random);
          long[] numbers = new long[SERVERS + 1];
          for (int server = 1; server <= SERVERS; server++) {
            numbers[server] = random.nextInt(5);
          }

          long reached = Quorum.reached(configuration, server -> numbers[server.number()]);

          assertThat(reached)
              .as("%s with %s", configuration, numbers)
              .isEqualTo(reachedByEnumeration(configuration, numbers));
        });
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,2", "4,3", "5,3", "6,4", "7,4"})
  void aMajorityIsMoreThanHalf(int servers, int majority) {
    Configuration configuration = Configuration.ofVoters(servers);

    assertThat(Quorum.isReached(configuration, server -> server.number() <= majority)).isTrue();
    assertThat(Quorum.isReached(configuration, server -> server.number() < majority)).isFalse();
  }

  @Test
  void learnersDoNotCount() {
    Configuration configuration = new Configuration(servers(0b00111), List.of(), servers(0b11000));

    assertThat(Quorum.isReached(configuration, server -> server.number() >= 3)).isFalse();
    assertThat(Quorum.reached(configuration, ServerId::number)).isEqualTo(2);
  }

  @Test
  void nobodyIsNoMajority() {
    assertThat(Quorum.isReached(Configuration.NONE, _ -> true)).isFalse();
  }

  private static Configuration randomConfiguration(RandomGenerator random) {
    int voters = random.nextInt(1, 1 << SERVERS);
    int outgoing = random.nextBoolean() ? random.nextInt(1, 1 << SERVERS) : 0;
    return new Configuration(servers(voters), servers(outgoing), List.of());
  }

  /// The largest number for which there is a quorum all of whose members have reached it.
  private static long reachedByEnumeration(Configuration configuration, long[] numbers) {
    long best = Long.MIN_VALUE;
    for (int some = 0; some < 1 << SERVERS; some++) {
      List<ServerId> agreeing = servers(some);
      if (isQuorum(configuration, Set.copyOf(agreeing))) {
        long least = Long.MAX_VALUE;
        for (ServerId server : agreeing) {
          least = Math.min(least, numbers[server.number()]);
        }
        best = Math.max(best, least);
      }
    }
    return best;
  }

  private static boolean isQuorum(Configuration configuration, Set<ServerId> agreeing) {
    return isMajority(configuration.voters(), agreeing)
        && (configuration.outgoing().isEmpty() || isMajority(configuration.outgoing(), agreeing));
  }

  private static boolean isMajority(List<ServerId> voters, Set<ServerId> agreeing) {
    long inFavour = voters.stream().filter(agreeing::contains).count();
    long against = voters.size() - inFavour;
    return inFavour > against;
  }

  /// The servers whose bits are set, n1 the lowest.
  private static List<ServerId> servers(int bits) {
    List<ServerId> servers = new ArrayList<>();
    for (int number = 1; number <= SERVERS; number++) {
      if ((bits & 1 << (number - 1)) != 0) {
        servers.add(new ServerId(number));
      }
    }
    return servers;
  }
}
