package dev.labrys.nemesis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// When which fault starts and heals. Faults may overlap.
///
/// As text, a line for each entry, in order of start; `#` starts a remark:
///
/// ```
/// 5s..13s isolate:target=leader,direction=both
/// 8s..    kill:target=n3
/// 20s..30s every 1s for 300ms pause:target=leader
/// ```
///
/// The last of these is short for ten faults, from 20s, 21s and so on, which last for 300ms each.
public record Schedule(List<Entry> entries) {

  /// [Entry#endNanos] of a fault that lasts until the run is over.
  public static final long NEVER = Long.MAX_VALUE;

  private static final int REPEATED_WORDS = 6;

  /// More entries than this are refused.
  public static final int MOST_ENTRIES = 100_000;

  public Schedule {
    if (entries.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "a schedule has at most %d entries, not %d".formatted(MOST_ENTRIES, entries.size()));
    }
    entries = entries.stream().sorted(Comparator.comparingLong(Entry::startNanos)).toList();
  }

  /// A fault and its time, in nanoseconds since the start of the run.
  public record Entry(long startNanos, long endNanos, Fault fault) {
    public Entry {
      if (startNanos < 0 || endNanos <= startNanos) {
        throw new IllegalArgumentException(
            "a fault starts at 0s or later and ends after its start, not %s..%s"
                .formatted(Span.print(startNanos), Span.print(endNanos)));
      }
    }

    @Override
    public String toString() {
      String end = endNanos == NEVER ? "" : Span.print(endNanos);
      return "%s..%s %s".formatted(Span.print(startNanos), end, fault.text());
    }
  }

  /// Something to do at a time.
  ///
  /// @param entry the number of the entry in this schedule, which pairs start and heal
  public record Step(long timeNanos, Kind kind, int entry, Fault fault) {}

  /// Healing comes first: what is healed and broken at the same time was whole in between.
  public enum Kind {
    HEAL,
    START
  }

  /// Everything to do, in order. Two schedules that are equal have equal steps.
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int number = 0; number < entries.size(); number++) {
      Entry entry = entries.get(number);
      steps.add(new Step(entry.startNanos(), Kind.START, number, entry.fault()));
      if (entry.endNanos() != NEVER) {
        steps.add(new Step(entry.endNanos(), Kind.HEAL, number, entry.fault()));
      }
    }
    steps.sort(
        Comparator.comparingLong(Step::timeNanos)
            .thenComparing(Step::kind)
            .thenComparingInt(Step::entry));
    return List.copyOf(steps);
  }

  /// Faults one after another, each drawn from `faults`, with calm in between. The last is healed
  /// before the rhythm ends.
  public static Schedule draw(List<Fault> faults, Rhythm rhythm, RandomGenerator random) {
    List<Entry> entries = new ArrayList<>();
    long start = rhythm.calm().draw(random);
    long end = start + rhythm.fault().draw(random);
    while (!faults.isEmpty() && end < rhythm.untilNanos() && entries.size() < MOST_ENTRIES) {
      entries.add(new Entry(start, end, faults.get(random.nextInt(faults.size()))));
      start = end + rhythm.calm().draw(random);
      end = start + rhythm.fault().draw(random);
    }
    return new Schedule(entries);
  }

  /// How long faults and the calm between them last.
  ///
  /// @param untilNanos when calm is kept for good
  public record Rhythm(Range calm, Range fault, long untilNanos) {}

  /// Lengths of time from `leastNanos` to `mostNanos`, both included.
  public record Range(long leastNanos, long mostNanos) {
    static final long LONGEST_NANOS = 1L << 60;

    public Range {
      if (leastNanos < 1 || mostNanos < leastNanos || mostNanos > LONGEST_NANOS) {
        throw new IllegalArgumentException(
            "a range goes from 1ns or more up to %s at most, not from %s to %s"
                .formatted(
                    Span.print(LONGEST_NANOS), Span.print(leastNanos), Span.print(mostNanos)));
      }
    }

    Range times(int factor) {
      return new Range(factor * leastNanos, factor * mostNanos);
    }

    long draw(RandomGenerator random) {
      return random.nextLong(leastNanos, mostNanos + 1);
    }
  }

  /// All faults of both.
  public Schedule and(Schedule other) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(other.entries);
    return new Schedule(all);
  }

  /// What was really done, to be done again: the faults that began, at their times, to those whom
  /// they hit.
  ///
  /// @param incidents of one run, in order
  public static Schedule replay(List<Incident> incidents) {
    Map<Integer, Incident> begun = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Incident incident : incidents) {
      switch (incident.phase()) {
        case BEGINS -> begun.put(incident.entry(), incident);
        case HEALING -> {
          Incident start = begun.remove(incident.entry());
          if (start != null) {
            entries.add(entry(start, Math.max(incident.timeNanos(), start.timeNanos() + 1)));
          }
        }
        case MISSED, IN_FORCE, HEALED, FAILED -> {}
      }
    }
    begun.values().forEach(start -> entries.add(entry(start, NEVER)));
    return new Schedule(entries);
  }

  private static Entry entry(Incident start, long endNanos) {
    return new Entry(start.timeNanos(), endNanos, Fault.parse(start.fault()));
  }

  /// Reads what [#text] writes.
  ///
  /// @throws IllegalArgumentException naming the line that can't be read
  public static Schedule parse(String text) {
    List<Entry> entries = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int number = 0; number < lines.size() && entries.size() <= MOST_ENTRIES; number++) {
      String line = lines.get(number).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        try {
          entries.addAll(read(line));
        } catch (IllegalArgumentException unreadable) {
          throw new IllegalArgumentException(
              "line %d: %s".formatted(number + 1, unreadable.getMessage()), unreadable);
        }
      }
    }
    return new Schedule(entries);
  }

  private static List<Entry> read(String line) {
    String[] words = line.split("\\s+", -1);
    int dots = words[0].indexOf("..");
    boolean isRepeated =
        words.length == REPEATED_WORDS && words[1].equals("every") && words[3].equals("for");
    if (dots < 0 || (words.length != 2 && !isRepeated)) {
      throw new IllegalArgumentException(
          "expected \"start..end fault\" or \"start..end every time for time fault\", not \"%s\""
              .formatted(line));
    }
    String end = words[0].substring(dots + 2);
    Entry whole =
        new Entry(
            Span.parse(words[0].substring(0, dots)),
            end.isEmpty() ? NEVER : Span.parse(end),
            Fault.parse(words[words.length - 1]));
    return isRepeated ? repeat(whole, Span.parse(words[2]), Span.parse(words[4])) : List.of(whole);
  }

  /// The fault of `whole` again and again within its time, from start to start `everyNanos`.
  private static List<Entry> repeat(Entry whole, long everyNanos, long forNanos) {
    if (whole.endNanos() == NEVER || forNanos < 1 || everyNanos <= forNanos) {
      throw new IllegalArgumentException(
          "what comes again and again needs an end, and lasts for less than the time in which it"
              + " comes again");
    }
    if ((whole.endNanos() - whole.startNanos()) / everyNanos > MOST_ENTRIES) {
      throw new IllegalArgumentException("it comes more than %d times".formatted(MOST_ENTRIES));
    }
    List<Entry> entries = new ArrayList<>();
    long start = whole.startNanos();
    while (start + forNanos <= whole.endNanos()) {
      entries.add(new Entry(start, start + forNanos, whole.fault()));
      start += everyNanos;
    }
    return entries;
  }

  /// The one way to write this schedule.
  public String text() {
    return entries.stream().map(entry -> entry + "\n").collect(Collectors.joining());
  }
}
