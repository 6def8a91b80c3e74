package dev.labrys.runner;

import dev.labrys.experiment.RunArchive;
import dev.labrys.experiment.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `labrys export`: a run as one file.
@Command(
    name = "export",
    header = "Pack a run into one file, for somebody else.",
    descriptionHeading = "%n",
    description =
        "Packs all that a run has kept: what it was made from, what clients saw, what went wrong,"
            + " what nodes said, the verdict and the report. 'labrys import' unpacks it, and"
            + " 'labrys check' gives the same verdict there.",
    parameterListHeading = "%nRun:%n",
    optionListHeading = "%nOptions:%n")
final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "RUN", description = "The folder of the run.")
  private String run = "";

  /// Absent: named after the run.
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "What to write. Default: the name of the run, with .zip.")
  private @Nullable String out;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path path = terminal.path(run);
    if (!RunFolder.isOne(path)) {
      throw CommandFailure.usage(run + " is not the folder of a run; 'labrys runs' lists them");
    }
    RunFolder folder = new RunFolder(path);
    Path file = terminal.newFile(out == null ? folder.name() + ".zip" : out);
    if (Files.exists(file)) {
      throw CommandFailure.usage(file + " exists already");
    }
    RunArchive.pack(folder, file);
    terminal.print(
        "%s, %.1f MB%n".formatted(out == null ? file.getFileName() : out, Files.size(file) / 1e6));
    return ExitCode.SUCCESS.code();
  }
}
