package dev.labrys.nemesis;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.NodeId;
import dev.labrys.cluster.Passage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The text of faults: a name, a colon, and options `name=value` separated by commas.
final class FaultText {
  private static final List<String> NAMES =
      List.of(
          "isolate",
          "split",
          "cut",
          "cut-clients",
          "kill",
          "stop",
          "pause",
          "stall-timers",
          "timer-drift",
          "latency",
          "unreliable",
          "lose-packets",
          "clock-jump",
          "clock-drift",
          "clock-strobe",
          "power-loss",
          "disk-full",
          "disk-stall",
          "disk-read-only",
          "disk-error",
          "disk-slow",
          "cpu-limit",
          "memory-limit",
          "no-descriptors",
          "damage",
          "wipe",
          "roll-back",
          "transfer",
          "remove",
          "add");

  private final String text;
  private final Map<String, String> options;

  private FaultText(String text, Map<String, String> options) {
    this.text = text;
    this.options = options;
  }

  /// The names of all faults.
  static List<String> names() {
    return NAMES;
  }

  static String print(Fault fault) {
    return switch (fault) {
      case Fault.Isolate(Target target, Fault.Direction direction) ->
          "isolate:target=%s,direction=%s".formatted(target, direction);
      case Fault.Split(Fault.Layout layout) -> "split:layout=" + layout;
      case Fault.Cut cut ->
          cut.deafTo().entrySet().stream()
              .map(link -> link.getKey() + "=" + Target.of(link.getValue()))
              .collect(Collectors.joining(",", "cut:", ""));
      case Fault.CutClients(Target target) -> "cut-clients:target=" + target;
      case Fault.Kill(Target target) -> "kill:target=" + target;
      case Fault.Stop(Target target) -> "stop:target=" + target;
      case Fault.Pause(Target target) -> "pause:target=" + target;
      case Fault.StallTimers(Target target) -> "stall-timers:target=" + target;
      case Fault.TimerDrift(Target target, long millionths) ->
          "timer-drift:target=%s,rate=%s".formatted(target, Share.print(millionths));
      case Fault.Latency(Target target, long delayNanos, long jitterNanos) ->
          "latency:target=%s,delay=%s,jitter=%s"
              .formatted(target, Span.print(delayNanos), Span.print(jitterNanos));
      case Fault.Unreliable(Target target, Passage.Unreliable passage) ->
          "unreliable:target=%s,%s".formatted(target, Chance.print(passage));
      case Fault.LosePackets(Target target, int lost) ->
          "lose-packets:target=%s,share=%s".formatted(target, Share.print(lost));
      case Fault.ClockJump(Target target, long offsetNanos) ->
          "clock-jump:target=%s,offset=%s".formatted(target, Span.print(offsetNanos));
      case Fault.ClockDrift(Target target, long millionths) ->
          "clock-drift:target=%s,rate=%s".formatted(target, Share.print(millionths));
      case Fault.ClockStrobe(Target target, long offset, long period) ->
          "clock-strobe:target=%s,offset=%s,period=%s"
              .formatted(target, Span.print(offset), Span.print(period));
      case Fault.PowerLoss(Target target) -> "power-loss:target=" + target;
      case Fault.DiskFull(Target target) -> "disk-full:target=" + target;
      case Fault.DiskStall(Target target) -> "disk-stall:target=" + target;
      case Fault.DiskReadOnly(Target target) -> "disk-read-only:target=" + target;
      case Fault.DiskError(Target target) -> "disk-error:target=" + target;
      case Fault.DiskSlow(Target target, long delay) ->
          "disk-slow:target=%s,delay=%s".formatted(target, Span.print(delay));
      case Fault.CpuLimit(Target target, long millionths) ->
          "cpu-limit:target=%s,share=%s".formatted(target, Share.print(millionths));
      case Fault.MemoryLimit(Target target, long room) ->
          "memory-limit:target=%s,room=%s".formatted(target, Room.print(room));
      case Fault.NoDescriptors(Target target) -> "no-descriptors:target=" + target;
      case Fault.Damage(Target target, NodeFiles.Part file, NodeFiles.Harm how) ->
          "damage:target=%s,file=%s,how=%s".formatted(target, word(file), word(how));
      case Fault.Wipe(Target target) -> "wipe:target=" + target;
      case Fault.RollBack(Target target) -> "roll-back:target=" + target;
      case Fault.Transfer(Target target) -> "transfer:target=" + target;
      case Fault.Remove(Target target) -> "remove:target=" + target;
      case Fault.Add(Target target) -> "add:target=" + target;
    };
  }

  static Fault parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "\"%s\" is no fault; there are %s".formatted(name, String.join(", ", NAMES)));
    }
    FaultText options =
        new FaultText(text, split(text, colon < 0 ? "" : text.substring(colon + 1)));
    Fault fault = options.read(name);
    if (!options.options.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s has no option %s"
              .formatted(text, name, String.join(", ", options.options.keySet())));
    }
    return fault;
  }

  private Fault read(String name) {
    return switch (name) {
      case "isolate" ->
          new Fault.Isolate(target(), choice("direction", List.of(Fault.Direction.values())));
      case "split" -> new Fault.Split(choice("layout", List.of(Fault.Layout.values())));
      case "cut" -> cut();
      case "cut-clients" -> new Fault.CutClients(target());
      case "kill" -> new Fault.Kill(target());
      case "stop" -> new Fault.Stop(target());
      case "pause" -> new Fault.Pause(target());
      case "stall-timers" -> new Fault.StallTimers(target());
      case "timer-drift" -> new Fault.TimerDrift(target(), take("rate", Share::parse));
      case "latency" ->
          new Fault.Latency(target(), take("delay", Span::parse), take("jitter", Span::parse));
      case "unreliable" -> unreliable();
      case "lose-packets" -> new Fault.LosePackets(target(), take("share", Chance::parse));
      case "clock-jump" -> new Fault.ClockJump(target(), take("offset", Span::parse));
      case "clock-drift" -> new Fault.ClockDrift(target(), take("rate", Share::parse));
      case "clock-strobe" ->
          new Fault.ClockStrobe(target(), take("offset", Span::parse), take("period", Span::parse));
      case "power-loss" -> new Fault.PowerLoss(target());
      case "disk-full" -> new Fault.DiskFull(target());
      case "disk-stall" -> new Fault.DiskStall(target());
      case "disk-read-only" -> new Fault.DiskReadOnly(target());
      case "disk-error" -> new Fault.DiskError(target());
      case "disk-slow" -> new Fault.DiskSlow(target(), take("delay", Span::parse));
      case "cpu-limit" -> new Fault.CpuLimit(target(), take("share", Share::parse));
      case "memory-limit" -> new Fault.MemoryLimit(target(), take("room", Room::parse));
      case "no-descriptors" -> new Fault.NoDescriptors(target());
      case "damage" ->
          new Fault.Damage(
              target(),
              choice("file", List.of(NodeFiles.Part.values())),
              choice("how", List.of(NodeFiles.Harm.values())));
      case "wipe" -> new Fault.Wipe(target());
      case "roll-back" -> new Fault.RollBack(target());
      case "transfer" -> new Fault.Transfer(target());
      case "remove" -> new Fault.Remove(target());
      case "add" -> new Fault.Add(target());
      default -> throw new IllegalStateException(name);
    };
  }

  private Fault unreliable() {
    Passage.Chances chances =
        new Passage.Chances(
            take("drop", Chance::parse),
            take("duplicate", Chance::parse),
            take("reorder", Chance::parse));
    Chance.Delay delay = take("delay", Chance.Delay::parse);
    return new Fault.Unreliable(
        target(), new Passage.Unreliable(chances, delay.least(), delay.most()));
  }

  private Fault cut() {
    TreeMap<NodeId, SortedSet<NodeId>> deafTo = new TreeMap<>();
    for (String hearer : new ArrayList<>(options.keySet())) {
      deafTo.put(new NodeId(hearer), take(hearer, FaultText::nodes));
    }
    return new Fault.Cut(deafTo);
  }

  private Target target() {
    return take("target", Target::parse);
  }

  private <E extends Enum<E>> E choice(String option, List<E> choices) {
    return take(
        option,
        value ->
            choices.stream()
                .filter(choice -> word(choice).equals(value))
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "\"%s\" is not one of %s"
                            .formatted(value, choices.stream().map(FaultText::word).toList()))));
  }

  /// The name of a choice, as it is written.
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <T> T take(String option, Function<String, T> meaning) {
    String value = options.remove(option);
    if (value == null) {
      throw new IllegalArgumentException("%s: the option %s is missing".formatted(text, option));
    }
    try {
      return meaning.apply(value);
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "%s: %s: %s".formatted(text, option, unreadable.getMessage()), unreadable);
    }
  }

  private static Map<String, String> split(String text, String options) {
    Map<String, String> values = new LinkedHashMap<>();
    if (options.isEmpty()) {
      return values;
    }
    for (String option : options.split(",", -1)) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "%s: \"%s\" is not of the form option=value".formatted(text, option));
      }
      if (values.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "%s: the option %s is there twice".formatted(text, option.substring(0, equals)));
      }
    }
    return values;
  }

  /// Reads `n1+n3`.
  static SortedSet<NodeId> nodes(String text) {
    SortedSet<NodeId> nodes = new TreeSet<>();
    for (String name : text.split("\\+", -1)) {
      nodes.add(new NodeId(name));
    }
    return nodes;
  }
}
