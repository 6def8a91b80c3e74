package dev.labrys.runner;

import dev.labrys.cluster.Capabilities;
import dev.labrys.cluster.Capability;
import dev.labrys.cluster.FreePorts;
import dev.labrys.cluster.container.ContainersUnavailable;
import dev.labrys.cluster.container.Engine;
import dev.labrys.cluster.process.ProcessCapabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys doctor`: what this machine has, and what it costs that something is missing.
@Command(
    name = "doctor",
    header = "Look whether this machine has what Labrys needs.",
    descriptionHeading = "%n",
    description = {
      "Looks for each thing that some part of Labrys uses, and says what is not possible without it"
          + " and how to get it. Ends with 69 if not even 'labrys run' is possible."
    },
    optionListHeading = "%nOptions:%n")
final class DoctorCommand implements Callable<Integer> {
  private static final long ROOM = 1L << 30;
  private static final int NAPS = 100;
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final List<String> FAKETIME_FOLDERS =
      List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/faketime");

  private final Terminal terminal;
  private boolean isUsable = true;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where runs would be kept. Default: runs.")
  private String out = "runs";

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    have("java", "Java %s".formatted(Runtime.version()));
    machine();
    ports();
    faults();
    disk();
    clock();
    containers();
    program("faketime", findFaketime(), "faults of clocks; install the package faketime");
    program("nft", findOnPath("nft"), "cuts and lost packets by the kernel; install nftables");
    program("iptables", findOnPath("iptables-restore"), "delays by the kernel; install iptables");
    program("etcd", findOnPath("etcd"), "tests of etcd; install etcd, in Debian etcd-server");
    program("losetup", findOnPath("losetup"), "faults of disks; install the package mount");
    root();
    return (isUsable ? ExitCode.SUCCESS : ExitCode.UNAVAILABLE).code();
  }

  private void machine() {
    int processors = Runtime.getRuntime().availableProcessors();
    if (processors >= 2) {
      have("processors", Integer.toString(processors));
    } else {
      lack(
          "processors",
          "only one",
          "five nodes on one processor elect leaders slowly; use --deploy simulation");
    }
  }

  private void ports() {
    try {
      FreePorts.take(20);
      have("ports", "twenty free ones on loopback");
    } catch (IOException none) {
      isUsable = false;
      lack("ports", Diagnosis.messageOf(none), "no cluster of processes or containers");
    }
  }

  private void faults() throws IOException {
    Capabilities found = LinkProbe.add(ProcessCapabilities.probe());
    fault(
        "proxies",
        found.reasonAgainst(Capability.CUT_LINKS),
        "bytes between nodes can be held, delayed and cut off",
        "no partitions and no delays");
    fault(
        "pauses",
        found.reasonAgainst(Capability.PAUSE),
        "processes can be frozen",
        "no pauses of processes");
    fault(
        "groups",
        found.reasonAgainst(Capability.LIMIT_CPU),
        "processes can be short of processor time and memory",
        "no limits of processor time and memory of processes; containers need none");
    fault(
        "limits",
        found.reasonAgainst(Capability.LIMIT_DESCRIPTORS),
        "processes can run out of descriptors",
        "no processes without descriptors");
  }

  private void fault(String what, Optional<String> reasonAgainst, String text, String cost) {
    reasonAgainst.ifPresentOrElse(reason -> lack(what, reason, cost), () -> have(what, text));
  }

  private void disk() throws IOException {
    Path folder = terminal.path(out).toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    long free = Files.getFileStore(folder).getUsableSpace();
    boolean isWritable = Files.isWritable(folder);
    String room = String.format(Locale.ROOT, "%.1f GB free", free / 1e9);
    if (free >= ROOM && isWritable) {
      have("disk", room);
    } else {
      lack(
          "disk",
          isWritable ? room : "not writable: " + folder,
          "runs can't be kept; --out names another folder");
    }
    isUsable &= isWritable;
  }

  /// A machine whose naps are long makes elections by itself.
  private void clock() {
    long worst = 0;
    for (int i = 0; i < NAPS; i++) {
      long before = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      worst = Math.max(worst, System.nanoTime() - before - NAP_NANOS);
    }
    String late = String.format(Locale.ROOT, "%.1f ms late at most in %d naps", worst / 1e6, NAPS);
    if (worst <= LATE_NANOS) {
      have("clock", late);
    } else {
      lack(
          "clock",
          late,
          "leaders may be deposed because this machine is busy; close other programs");
    }
  }

  private void containers() {
    try {
      Engine engine = Engine.find();
      have("engine", "a Docker engine answers at " + engine);
    } catch (ContainersUnavailable none) {
      lack(
          "engine",
          Diagnosis.messageOf(none),
          "no --deploy containers; processes and simulation need none");
    }
  }

  private void program(String what, Optional<Path> found, String cost) {
    found.ifPresentOrElse(
        file -> have(what, file.toString()), () -> lack(what, "not found", "no " + cost));
  }

  private static Optional<Path> findOnPath(String program) {
    String folders = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/sbin";
    return Arrays.stream(folders.split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> findFaketime() throws IOException {
    for (String folder : FAKETIME_FOLDERS) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files =
            Files.find(
                Path.of(folder),
                3,
                (file, _) -> file.getFileName().toString().startsWith("libfaketime.so"))) {
          Optional<Path> found = files.findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private void root() {
    if ("root".equals(System.getProperty("user.name"))) {
      have("root", "yes");
    } else {
      lack("root", "not root", "no network namespaces and no loop disks; the rest needs no root");
    }
  }

  private void have(String what, String text) {
    terminal.print("%-11s ok  %s%n".formatted(what, text));
  }

  private void lack(String what, String complaint, String cost) {
    terminal.print("%-11s -   %s: %s%n".formatted(what, complaint, cost));
  }
}
