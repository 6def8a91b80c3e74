package dev.labrys.runner;

import dev.labrys.cluster.Client;
import dev.labrys.experiment.Experiment;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/// What clients do in `labrys run`.
final class LoadChoice {
  @Option(
      names = {"-w", "--workload"},
      paramLabel = "NAME",
      defaultValue = "mixed",
      description = "What clients do; --list shows all there are. Default: mixed.")
  private String workload = "mixed";

  @Option(
      names = {"-t", "--time"},
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "30s",
      description = "How long clients are at work, at least: 30s, 5m. Default: 30s.")
  private Duration time = Duration.ofSeconds(30);

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "N",
      converter = CountArgument.class,
      defaultValue = "1000",
      description =
          "How many operations are begun in a second, by all clients together; 0 for as many as"
              + " go. Default: 1000.")
  private long rate = 1_000;

  @Option(
      names = {"-c", "--clients"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many clients. Default: 20.")
  private int clients = 20;

  @Option(
      names = "--ask",
      paramLabel = "WHOM",
      converter = HabitArgument.class,
      defaultValue = "own-node",
      description =
          "Whom a client asks: leader, or own-node for all that its own node can answer."
              + " Default: own-node.")
  private Client.Habit habit = Client.Habit.OWN_NODE;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      defaultValue = "2s",
      description = "After which an operation is given up, its outcome unknown. Default: 2s.")
  private Duration patience = Duration.ofSeconds(2);

  String workload() {
    return workload;
  }

  /// @throws IllegalArgumentException if there can't be such a load, saying why
  Experiment.Load load() {
    return new Experiment.Load(workload, clients, rate, time, patience, habit);
  }

  private static final class HabitArgument implements ITypeConverter<Client.Habit> {
    @Override
    public Client.Habit convert(String text) {
      return Choice.among(Client.Habit.values(), text);
    }
  }
}
