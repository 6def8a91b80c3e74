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
  private final Terminal terminal;

  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "30s",
      description = "For how long. Default: 30s.")
  private Duration time = Duration.ofSeconds(30);

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  MeasureStallsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    HostReport report;
    CountDownLatch enough = new CountDownLatch(1);
    terminal.onInterrupt(enough::countDown);
    try (StallWatch watch = StallWatch.start()) {
      enough.await(time.toNanos(), TimeUnit.NANOSECONDS);
      report = watch.report();
    }
    List<Bearing> bearings = Bearing.of(report, new Seed(1));
    terminal.print(
        json ? MeasuredStalls.json(report, bearings) : MeasuredStalls.text(report, bearings));
    return ExitCode.SUCCESS.code();
  }
}
