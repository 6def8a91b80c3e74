package dev.labrys.system.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// How etcd is to be run and asked.
///
/// @param executable the program
/// @param flags its arguments beyond those that say who and where it is
/// @param reads how clients read
public record EtcdOptions(String executable, List<String> flags, Reads reads) {
  private static final Set<String> FLAGS =
      new TreeSet<>(
          Set.of(
              "election-timeout",
              "heartbeat-interval",
              "max-snapshots",
              "max-wals",
              "pre-vote",
              "quota-backend-bytes",
              "snapshot-count"));

  public EtcdOptions {
    flags = List.copyOf(flags);
  }

  /// How long it takes at most until a server that hears nobody wants to lead: from its election
  /// timeout, which is a second unless said otherwise, up to twice as much.
  public long electionNanos() {
    String given = "--election-timeout=";
    long millis =
        flags.stream()
            .filter(flag -> flag.startsWith(given))
            .map(flag -> flag.substring(given.length()))
            .filter(value -> value.matches("\\d{1,9}"))
            .mapToLong(Long::parseLong)
            .reduce(1_000, (_, later) -> later);
    return 2 * TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// From settings as users write them: `reads=local`, or `KEY=VALUE` for a flag of etcd's.
  ///
  /// @throws IllegalArgumentException if there is no such setting, naming those there are
  public static EtcdOptions parse(String executable, List<String> settings) {
    List<String> flags = new ArrayList<>();
    Reads reads = Reads.LINEARIZABLE;
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String key = equals < 0 ? setting : setting.substring(0, equals);
      String value = setting.substring(equals + 1);
      if (key.equals("reads") && equals > 0) {
        reads = Reads.named(value);
      } else if (FLAGS.contains(key) && value.matches("[a-z0-9]{1,20}")) {
        flags.add("--" + setting);
      } else {
        throw new IllegalArgumentException(
            "etcd takes no '%s'; it takes reads=linearizable or reads=local, and %s=VALUE"
                .formatted(setting, String.join("=VALUE, ", FLAGS)));
      }
    }
    return new EtcdOptions(executable, flags, reads);
  }
}
