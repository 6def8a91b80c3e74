package dev.labrys.nemesis;

import dev.labrys.cluster.NodeFiles;
import dev.labrys.cluster.Passage;
import dev.labrys.nemesis.Target.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The kinds of trouble that users can ask for by name.
public enum MenaceKind {
  /// Nodes don't hear each other.
  PARTITION("one-way, halves, bridge, majorities-ring, chain, star, pairs, target"),
  /// Clients don't reach nodes.
  CLIENTS("target"),
  /// Nodes hear each other late.
  LATENCY("target, delay, jitter"),
  /// Messages between nodes get lost, come twice, and overtake each other.
  UNRELIABLE("target, drop, duplicate, reorder, delay"),
  /// Packets between nodes get lost, and are sent again.
  PACKETS("target, share"),
  /// Nodes end at once.
  KILL("target"),
  /// Nodes are asked to end.
  RESTART("target"),
  /// Nodes stand still.
  PAUSE("target"),
  /// Timers of nodes are late.
  STALL("target"),
  /// Timers of nodes go faster or slower.
  TIMERS("target, rate"),
  /// Wall clocks are wrong.
  CLOCK("jump, drift, strobe, target, offset, rate, period"),
  /// Nodes lose power.
  POWER("target"),
  /// Disks don't do what they should.
  DISK("full, stalled, slow, failing, read-only, target, delay"),
  /// Nodes get too little of what the machine has.
  RESOURCES("cpu, memory, descriptors, target, share, room"),
  /// Files of nodes are damaged while they are down.
  FILES("flipped, torn, cut, wiped, rolled-back, target"),
  /// Another node leads.
  TRANSFER("target"),
  /// Nodes are no members for a while.
  MEMBERS("target");

  private static final Target[] USUAL = {
    Role.LEADER, Role.LEADER, Role.ONE, Role.MINORITY, Role.MAJORITY, Role.ALL
  };

  private static final long SECOND = 1_000_000_000L;

  private final String options;

  MenaceKind(String options) {
    this.options = options;
  }

  static Optional<MenaceKind> find(String name) {
    return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst();
  }

  /// The options that it has beyond those that all have, separated by commas.
  String options() {
    return options;
  }

  /// The faults among which one is drawn each time; what is there twice is drawn more often.
  List<Fault> faults(Menace.Options options) {
    return switch (this) {
      case PARTITION -> partitions(options);
      case CLIENTS ->
          each(options.targets(Role.LEADER, Role.ONE, Role.MAJORITY), Fault.CutClients::new);
      case LATENCY -> latencies(options);
      case UNRELIABLE -> unreliable(options);
      case PACKETS -> packets(options);
      case KILL -> each(options.targets(USUAL), Fault.Kill::new);
      case RESTART -> each(options.targets(Role.LEADER, Role.ONE, Role.ALL), Fault.Stop::new);
      case PAUSE -> each(options.targets(USUAL), Fault.Pause::new);
      case STALL -> each(options.targets(Role.LEADER, Role.ONE), Fault.StallTimers::new);
      case TIMERS -> timers(options);
      case CLOCK -> clocks(options);
      case POWER -> each(options.targets(USUAL), Fault.PowerLoss::new);
      case DISK -> disks(options);
      case RESOURCES -> resources(options);
      case FILES -> files(options);
      case TRANSFER -> each(options.targets(Role.ONE), Fault.Transfer::new);
      case MEMBERS ->
          each(options.targets(Role.LEADER, Role.ONE, Role.MINORITY), Fault.Remove::new);
    };
  }

  private static List<Fault> each(List<Target> targets, Function<Target, Fault> fault) {
    return targets.stream().map(fault).toList();
  }

  private static List<Fault> partitions(Menace.Options options) {
    List<Fault> faults = new ArrayList<>();
    for (Fault.Layout layout : Fault.Layout.values()) {
      if (options.has(layout.toString())) {
        faults.add(new Fault.Split(layout));
      }
    }
    boolean isOneWay = options.has("one-way");
    Optional<Target> target = options.target();
    if (isOneWay || target.isPresent() || faults.isEmpty()) {
      List<Target> usual = List.of(Role.LEADER, Role.ONE, Role.MINORITY);
      for (Target each : target.map(List::of).orElse(usual)) {
        if (!isOneWay) {
          faults.add(new Fault.Isolate(each, Fault.Direction.BOTH));
        }
        faults.add(new Fault.Isolate(each, Fault.Direction.INBOUND));
        faults.add(new Fault.Isolate(each, Fault.Direction.OUTBOUND));
      }
      if (!isOneWay && target.isEmpty()) {
        for (Fault.Layout layout : Fault.Layout.values()) {
          faults.add(new Fault.Split(layout));
        }
      }
    }
    return faults;
  }

  private static List<Fault> latencies(Menace.Options options) {
    List<Long> usual = List.of(20_000_000L, 200_000_000L, 1_000_000_000L);
    List<Long> delays = options.time("delay").map(List::of).orElse(usual);
    List<Target> targets = options.targets(Role.ALL, Role.LEADER, Role.ONE);
    Optional<Long> jitter = options.time("jitter");
    List<Fault> faults = new ArrayList<>();
    for (Target target : targets) {
      for (long delay : delays) {
        faults.add(new Fault.Latency(target, delay, jitter.orElse(delay / 2)));
      }
    }
    return faults;
  }

  /// Unless told otherwise, messages are lost and late as in the labs of MIT, or worse.
  private static List<Fault> unreliable(Menace.Options options) {
    Passage.Chances chances =
        new Passage.Chances(
            options.chance("drop").orElse(100_000),
            options.chance("duplicate").orElse(50_000),
            options.chance("reorder").orElse(200_000));
    Chance.Delay delay = options.delay("delay").orElse(new Chance.Delay(0, 26_000_000));
    Passage.Unreliable passage = new Passage.Unreliable(chances, delay.least(), delay.most());
    return each(
        options.targets(Role.ALL, Role.LEADER, Role.ONE),
        target -> new Fault.Unreliable(target, passage));
  }

  /// With two packets of a hundred lost a connection is slow, with half of them it hardly lives.
  private static List<Fault> packets(Menace.Options options) {
    List<Integer> shares =
        options.chance("share").map(List::of).orElse(List.of(20_000, 200_000, 500_000));
    List<Fault> faults = new ArrayList<>();
    for (Target target : options.targets(Role.ALL, Role.LEADER, Role.ONE)) {
      shares.forEach(share -> faults.add(new Fault.LosePackets(target, share)));
    }
    return faults;
  }

  private static List<Fault> disks(Menace.Options options) {
    Optional<Long> delay = options.time("delay");
    Map<String, Function<Target, Fault>> all = new LinkedHashMap<>();
    all.put("full", Fault.DiskFull::new);
    all.put("stalled", Fault.DiskStall::new);
    all.put("failing", Fault.DiskError::new);
    all.put("read-only", Fault.DiskReadOnly::new);
    all.put("slow", target -> new Fault.DiskSlow(target, delay.orElse(SECOND / 5)));
    List<String> named = new ArrayList<>(all.keySet().stream().filter(options::has).toList());
    if (delay.isPresent() && !named.contains("slow")) {
      named.add("slow");
    }
    List<Target> targets = options.targets(Role.LEADER, Role.ONE, Role.MINORITY);
    List<Fault> faults = new ArrayList<>();
    all.forEach((name, fault) -> {
      if (named.isEmpty() || named.contains(name)) {
        faults.addAll(each(targets, fault));
      }
    });
    return faults;
  }

  /// Those that are named, or whose option is; all if none is.
  private static List<Fault> resources(Menace.Options options) {
    Optional<Long> share = options.share("share");
    Optional<Long> room = options.room("room");
    boolean isCpu = options.has("cpu") || share.isPresent();
    boolean isMemory = options.has("memory") || room.isPresent();
    boolean isDescriptors = options.has("descriptors");
    boolean isAny = !isCpu && !isMemory && !isDescriptors;
    List<Fault> faults = new ArrayList<>();
    for (Target target : options.targets(Role.LEADER, Role.ONE, Role.MINORITY)) {
      if (isCpu || isAny) {
        share
            .map(List::of)
            .orElse(List.of(50_000L, 200_000L))
            .forEach(each -> faults.add(new Fault.CpuLimit(target, each)));
      }
      if (isMemory || isAny) {
        room.map(List::of)
            .orElse(List.of(0L, 16L << 20))
            .forEach(each -> faults.add(new Fault.MemoryLimit(target, each)));
      }
      if (isDescriptors || isAny) {
        faults.add(new Fault.NoDescriptors(target));
      }
    }
    return faults;
  }

  /// Without any named, only what a node notices, or need not: a member that forgets what it has
  /// promised is more than a Raft can bear.
  private static List<Fault> files(Menace.Options options) {
    List<Fault> faults = new ArrayList<>();
    List<Target> targets = options.targets(Role.LEADER, Role.ONE, Role.MINORITY);
    for (NodeFiles.Part part : NodeFiles.Part.values()) {
      faults.addAll(each(targets, it -> new Fault.Damage(it, part, NodeFiles.Harm.FLIPPED)));
    }
    List<Fault> torn = each(targets, MenaceKind::torn);
    List<Fault> named = new ArrayList<>();
    if (options.has("flipped")) {
      named.addAll(faults);
    }
    if (options.has("torn")) {
      named.addAll(torn);
    }
    if (options.has("cut")) {
      for (NodeFiles.Part part : NodeFiles.Part.values()) {
        named.addAll(each(targets, it -> new Fault.Damage(it, part, NodeFiles.Harm.CUT)));
      }
    }
    if (options.has("wiped")) {
      named.addAll(each(targets, Fault.Wipe::new));
    }
    if (options.has("rolled-back")) {
      named.addAll(each(targets, Fault.RollBack::new));
    }
    faults.addAll(torn);
    return named.isEmpty() ? faults : named;
  }

  private static Fault torn(Target target) {
    return new Fault.Damage(target, NodeFiles.Part.LOG, NodeFiles.Harm.TORN);
  }

  /// Unless told otherwise, timers drift as much as leases allow for.
  private static List<Fault> timers(Menace.Options options) {
    List<Fault> faults = new ArrayList<>();
    for (Target target : options.targets(Role.LEADER, Role.ONE, Role.MINORITY, Role.MAJORITY)) {
      options
          .share("rate")
          .map(List::of)
          .orElse(List.of(-50_000L, 50_000L))
          .forEach(each -> faults.add(new Fault.TimerDrift(target, each)));
    }
    return faults;
  }

  /// Those that are named, or whose option is; all if none is.
  private static List<Fault> clocks(Menace.Options options) {
    List<Long> usual = List.of(-60_000_000_000L, -500_000_000L, 500_000_000L, 60_000_000_000L);
    Optional<Long> offset = options.time("offset");
    Optional<Long> rate = options.share("rate");
    Optional<Long> period = options.time("period");
    boolean isDrift = options.has("drift") || rate.isPresent();
    boolean isStrobe = options.has("strobe") || period.isPresent();
    boolean isJump = options.has("jump");
    boolean isAny = !isJump && !isDrift && !isStrobe;
    List<Fault> faults = new ArrayList<>();
    for (Target target : options.targets(Role.ONE, Role.LEADER, Role.MINORITY)) {
      if (isJump || isAny) {
        offset
            .map(List::of)
            .orElse(usual)
            .forEach(each -> faults.add(new Fault.ClockJump(target, each)));
      }
      if (isDrift || (isAny && offset.isEmpty())) {
        rate.map(List::of)
            .orElse(List.of(-200_000L, 200_000L))
            .forEach(each -> faults.add(new Fault.ClockDrift(target, each)));
      }
      if (isStrobe || (isAny && offset.isEmpty())) {
        faults.add(new Fault.ClockStrobe(target, offset.orElse(5 * SECOND), period.orElse(SECOND)));
      }
    }
    return faults;
  }

  /// The name by which users ask for it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
