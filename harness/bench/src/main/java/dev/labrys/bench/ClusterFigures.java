package dev.labrys.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/// What measurements of clusters gave: each as a line of JSON, and all of them as a table.
final class ClusterFigures {
  private static final double MICRO = 1e3;
  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;

  private final List<Figure> figures = new ArrayList<>();

  /// What is measured, but for the system.
  record Cell(int nodes, Load load) {
    @Override
    public String toString() {
      String rate = load.isDrivenByRate() ? " at %d/s".formatted(load.perSecond()) : "";
      return "%d node%s, %d client%s%s, %s"
          .formatted(
              nodes,
              nodes == 1 ? "" : "s",
              load.clients(),
              load.clients() == 1 ? "" : "s",
              rate,
              load.operation().name().toLowerCase(Locale.ROOT));
    }
  }

  /// One measurement.
  ///
  /// @param serverNanos processor time of all nodes meanwhile
  /// @param clientNanos processor time of this process, which is all clients
  record Figure(
      Cell cell,
      String system,
      int round,
      LoadLoop.Measured measured,
      long serverNanos,
      long clientNanos) {

    double perSecond() {
      return measured.perSecond();
    }

    double millis(double quantile) {
      return measured.latencies().quantile(quantile) / MILLI;
    }

    double longestMillis() {
      return measured.latencies().largest() / MILLI;
    }

    /// Processor time of all nodes for one request, in microseconds.
    double serverMicros() {
      return serverNanos / MICRO / Math.max(1, measured.latencies().count());
    }

    /// Processor time of the clients for one request, in microseconds.
    double clientMicros() {
      return clientNanos / MICRO / Math.max(1, measured.latencies().count());
    }
  }

  void add(Figure figure) {
    figures.add(figure);
  }

  static void write(JsonGenerator json, Figure figure) throws IOException {
    LatencyHistogram latencies = figure.measured().latencies();
    json.writeStartObject();
    json.writeStringField("benchmark", "ClusterRun");
    json.writeStringField("system", figure.system());
    json.writeNumberField("nodes", figure.cell().nodes());
    json.writeStringField(
        "operation", figure.cell().load().operation().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("clients", figure.cell().load().clients());
    json.writeNumberField("ratePerSecond", figure.cell().load().perSecond());
    json.writeNumberField("round", figure.round());
    json.writeNumberField("seconds", figure.measured().nanos() / SECOND);
    json.writeNumberField("operations", latencies.count());
    json.writeNumberField("perSecond", Math.round(figure.perSecond()));
    json.writeNumberField("p50Micros", micros(latencies.quantile(0.5)));
    json.writeNumberField("p99Micros", micros(latencies.quantile(0.99)));
    json.writeNumberField("p999Micros", micros(latencies.quantile(0.999)));
    json.writeNumberField("maxMicros", micros(latencies.largest()));
    json.writeNumberField("serverProcessorMillis", Math.round(figure.serverNanos() / MILLI));
    json.writeNumberField("clientProcessorMillis", Math.round(figure.clientNanos() / MILLI));
    json.writeEndObject();
  }

  private static long micros(long nanos) {
    return Math.round(nanos / MICRO);
  }

  /// Prints a line for each system and what was measured: of throughputs, the lowest, the middle
  /// and the highest of the rounds; of all else, the middle.
  void print(PrintWriter out) {
    Map<Cell, SequencedMap<String, List<Figure>>> table = new LinkedHashMap<>();
    for (Figure each : figures) {
      table
          .computeIfAbsent(each.cell(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(each.system(), _ -> new ArrayList<>())
          .add(each);
    }
    out.println(
        "                      op/s: min  median     max   p50 ms  p99 ms p99.9 ms  max ms"
            + "  CPU us/op: nodes, clients");
    table.forEach((cell, systems) -> {
      out.println(cell);
      systems.forEach((system, rounds) -> print(out, system, rounds));
      compare(out, systems);
    });
    out.flush();
  }

  private static void print(PrintWriter out, String system, List<Figure> rounds) {
    double[] speeds = sorted(rounds, Figure::perSecond);
    out.printf(
        Locale.ROOT,
        "  %-18s %10.0f %7.0f %7.0f %8.2f %7.2f %8.2f %7.1f %11.0f %7.0f%n",
        system,
        speeds[0],
        speeds[speeds.length / 2],
        speeds[speeds.length - 1],
        median(rounds, figure -> figure.millis(0.5)),
        median(rounds, figure -> figure.millis(0.99)),
        median(rounds, figure -> figure.millis(0.999)),
        median(rounds, Figure::longestMillis),
        median(rounds, Figure::serverMicros),
        median(rounds, Figure::clientMicros));
  }

  private static double[] sorted(List<Figure> rounds, ToDoubleFunction<Figure> number) {
    return rounds.stream().mapToDouble(number).sorted().toArray();
  }

  private static double median(List<Figure> rounds, ToDoubleFunction<Figure> number) {
    double[] all = sorted(rounds, number);
    return all[all.length / 2];
  }

  /// The first beside each of the others, round by round, as what else the machine does changes
  /// from one to the next.
  private static void compare(PrintWriter out, SequencedMap<String, List<Figure>> systems) {
    String first = systems.firstEntry().getKey();
    systems.forEach((other, figures) -> {
      if (!other.equals(first)) {
        out.printf(
            Locale.ROOT,
            "  %-18s %s   p99: %s%n",
            first + " / " + other,
            ratios(systems.firstEntry().getValue(), figures, Figure::perSecond),
            ratios(systems.firstEntry().getValue(), figures, figure -> figure.millis(0.99)));
      }
    });
  }

  private static String ratios(
      List<Figure> ours, List<Figure> theirs, ToDoubleFunction<Figure> number) {
    double[] ratios = new double[Math.min(ours.size(), theirs.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = number.applyAsDouble(ours.get(i)) / number.applyAsDouble(theirs.get(i));
    }
    Arrays.sort(ratios);
    return String.format(
        Locale.ROOT,
        "%10.2f %7.2f %7.2f",
        ratios[0],
        ratios[ratios.length / 2],
        ratios[ratios.length - 1]);
  }
}
