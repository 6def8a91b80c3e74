package dev.labrys.experiment;

import dev.labrys.report.RunReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// With what a run was made.
final class Versions {
  private static final String FIELD = "versions";

  private Versions() {}

  /// Adds those of here and now.
  static Json with(Json experiment) {
    return experiment.with(
        FIELD,
        Json.empty()
            .with(
                "labrys",
                Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                    .orElse("unreleased"))
            .with("java", Runtime.version().toString())
            .with(
                "system",
                "%s %s %s"
                    .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")))
            .with("processors", Runtime.getRuntime().availableProcessors()));
  }

  /// Those that an experiment was kept with.
  static List<RunReport.Setting> read(Json experiment) throws IOException {
    Map<String, Object> fields = experiment.object(FIELD).fields();
    return fields.entrySet().stream()
        .map(each -> new RunReport.Setting(each.getKey(), String.valueOf(each.getValue())))
        .toList();
  }
}
