package dev.labrys.runner;

import dev.labrys.history.Seed;
import dev.labrys.host.HostReport;
import dev.labrys.host.StallWatch;
import dev.labrys.repro.Bearing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `labrys measure stalls`: how late sleeps are on this machine, and what Raft can bear it.
@Command(
    name = "stalls",
    header = "Measure how late sleeps are here, why, and which timeouts of a Raft bear it.",
    descriptionHeading = "%n",
    description = {
      "A thread sleeps 1 ms over and over, and notes by how much that took too long: as a"
          + " histogram, the worst, and the cause where the machine tells – garbage collection,"
          + " throttling (cgroup), time stolen by a host (/proc/stat), pressure (/proc/pressure), a"
          + " clock that jumped.",
      "",
      "Then a cluster of three is simulated whose servers stall as this machine did, each as it did"
          + " at another time, with shorter and longer heartbeats and election timeouts. Elections"
          + " that nobody needed say which settings this machine bears. What comes once an hour is"
          + " not seen in half a minute: measure for longer, while the machine does what it usually"
          + " does."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  labrys measure stalls                for half a minute",
      "  labrys measure stalls --time 10m     while something else keeps the machine busy"
    })
final class MeasureStallsCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Terminal terminal;

  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "30s",
      description = "For how long; after Ctrl-C, for as long as it was. Default: 30s.")
  private Duration time = Duration.ofSeconds(30);

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  MeasureStallsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (time.compareTo(LONGEST) > 0) {
      throw CommandFailure.usage("--time is at most " + LONGEST.toHours() + "h");
    }
    CountDownLatch enough = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    // Whoever has enough still gets what was measured by then.
    terminal.onInterrupt(enough::countDown, end);
    try {
      HostReport report = watch(enough);
      List<Bearing> bearings = Bearing.of(report, new Seed(1));
      terminal.print(
          json ? MeasuredStalls.json(report, bearings) : MeasuredStalls.text(report, bearings));
      return ExitCode.SUCCESS.code();
    } finally {
      end.countDown();
    }
  }

  private HostReport watch(CountDownLatch enough) throws InterruptedException {
    try (StallWatch watch = StallWatch.start()) {
      enough.await(time.toNanos(), TimeUnit.NANOSECONDS);
      return watch.report();
    }
  }
}
