package dev.labrys.nemesis;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.history.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A kind of trouble that comes again and again: what users ask for by name.
///
/// As text, a name and options, separated by commas: `partition`, or
/// `partition:one-way,interval=5s,duration=2s..8s`. Several are separated by commas, too: what is
/// no name is an option of the one before.
///
/// @param name of the kind
/// @param faults of which one is drawn each time
/// @param calm from the end of one to the beginning of the next
/// @param duration of each
public record Menace(
    MenaceKind name, List<Fault> faults, Schedule.Range calm, Schedule.Range duration) {

  /// More text than that is refused.
  private static final int MOST_LETTERS = 10_000;

  private static final Schedule.Range USUAL_CALM =
      new Schedule.Range(1_000_000_000L, 4_000_000_000L);
  private static final Schedule.Range USUAL_DURATION =
      new Schedule.Range(1_000_000_000L, 5_000_000_000L);

  public Menace {
    faults = List.copyOf(faults);
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("%s is without any fault".formatted(name));
    }
  }

  /// What a deployment must be able to do for all of it.
  public Set<Capability> needs() {
    Set<Capability> needs = new LinkedHashSet<>();
    faults.forEach(fault -> needs.addAll(fault.needs()));
    return needs;
  }

  /// The part of this that is possible with `capabilities`, if there is one.
  public Optional<Menace> possible(Capabilities capabilities) {
    List<Fault> possible =
        faults.stream()
            .filter(fault -> fault.needs().stream().allMatch(capabilities::has))
            .toList();
    return possible.isEmpty()
        ? Optional.empty()
        : Optional.of(new Menace(name, possible, calm, duration));
  }

  /// Faults of all `menaces` until `untilNanos`, when the last is healed. Each comes at its own
  /// times, so that they overlap; one more does not change the times of the others.
  public static Schedule draw(List<Menace> menaces, Seed seed, long untilNanos) {
    Schedule all = new Schedule(List.of());
    Map<MenaceKind, Integer> counts = new LinkedHashMap<>();
    for (Menace menace : menaces) {
      int number = counts.merge(menace.name(), 1, Integer::sum);
      String stream = "faults %s %d".formatted(menace.name(), number);
      all =
          all.and(
              Schedule.draw(
                  menace.faults(),
                  new Schedule.Rhythm(menace.calm(), menace.duration(), untilNanos),
                  seed.stream(stream)));
    }
    return all;
  }

  /// Every kind of trouble there is, with its usual options.
  public static List<Menace> every() {
    return parse(String.join(",", kinds().keySet()));
  }

  /// The kinds that there are, and the options of each beside `interval` and `duration`.
  public static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    for (MenaceKind kind : MenaceKind.values()) {
      kinds.put(kind.toString(), kind.options());
    }
    return kinds;
  }

  /// Reads what users write.
  ///
  /// @throws IllegalArgumentException naming the word that can't be read, and what there is
  public static List<Menace> parse(String text) {
    if (text.length() > MOST_LETTERS) {
      throw new IllegalArgumentException(
          "faults in %d letters, where %d are read".formatted(text.length(), MOST_LETTERS));
    }
    List<List<String>> kinds = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String word : text.split("[,:]", -1)) {
      if (MenaceKind.find(word.strip()).isPresent() && !words.isEmpty()) {
        kinds.add(List.copyOf(words));
        words.clear();
      }
      words.add(word.strip());
    }
    kinds.add(List.copyOf(words));
    return kinds.stream().map(kind -> read(kind, kinds.size())).toList();
  }

  /// @param kinds how many there are: of many, each comes less often, or the cluster would never
  ///   have a moment's peace
  private static Menace read(List<String> words, int kinds) {
    String name = words.getFirst();
    MenaceKind kind =
        MenaceKind.find(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "\"%s\" is no kind of fault; there are %s"
                        .formatted(name, Arrays.toString(MenaceKind.values()))));
    Options options = new Options(kind, words.subList(1, words.size()));
    Schedule.Range calm = options.range("interval").orElse(USUAL_CALM.times((kinds + 1) / 2));
    Schedule.Range duration = options.range("duration").orElse(USUAL_DURATION);
    List<Fault> faults = kind.faults(options);
    options.complainAboutTheRest();
    return new Menace(kind, faults, calm, duration);
  }

  /// What is written after a name.
  static final class Options {
    private final MenaceKind kind;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Options(MenaceKind kind, List<String> words) {
      this.kind = kind;
      for (String word : words) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (values.put(name, equals < 0 ? "" : word.substring(equals + 1)) != null) {
          throw new IllegalArgumentException("%s: %s is there twice".formatted(kind, name));
        }
      }
    }

    /// Whether a word stands there by itself.
    boolean has(String word) {
      return values.remove(word, "");
    }

    private <T> Optional<T> value(String name, Function<String, T> meaning) {
      String text = values.remove(name);
      if (text == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(meaning.apply(text));
      } catch (IllegalArgumentException unreadable) {
        throw new IllegalArgumentException(
            "%s: %s: %s".formatted(kind, name, unreadable.getMessage()), unreadable);
      }
    }

    /// Who is to be hit, if that is said.
    Optional<Target> target() {
      return value("target", Target::parse);
    }

    /// Who is to be hit, or else those that are usual.
    List<Target> targets(Target... usual) {
      return target().map(List::of).orElse(List.of(usual));
    }

    Optional<Long> time(String name) {
      return value(name, Span::parse);
    }

    /// A part of a whole, in millionths.
    Optional<Long> share(String name) {
      return value(name, Share::parse);
    }

    /// An amount of memory, in bytes.
    Optional<Long> room(String name) {
      return value(name, Room::parse);
    }

    /// How likely something is, in millionths.
    Optional<Integer> chance(String name) {
      return value(name, Chance::parse);
    }

    /// How much longer messages take.
    Optional<Chance.Delay> delay(String name) {
      return value(name, Chance.Delay::parse);
    }

    /// A length of time, or all between two.
    private Optional<Schedule.Range> range(String name) {
      return value(
          name,
          text -> {
            int dots = text.indexOf("..");
            long least = Span.parse(dots < 0 ? text : text.substring(0, dots));
            return new Schedule.Range(
                least, dots < 0 ? least : Span.parse(text.substring(dots + 2)));
          });
    }

    private void complainAboutTheRest() {
      if (!values.isEmpty()) {
        throw new IllegalArgumentException(
            "%s has no option %s; there are interval, duration%s; and kinds of faults are %s"
                .formatted(
                    kind,
                    String.join(", ", values.keySet()),
                    kind.options().isEmpty() ? "" : ", " + kind.options(),
                    Arrays.toString(MenaceKind.values())));
      }
    }
  }
}
