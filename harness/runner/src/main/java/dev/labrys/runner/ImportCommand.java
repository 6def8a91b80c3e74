package dev.labrys.runner;

import dev.labrys.experiment.RunArchive;
import dev.labrys.experiment.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `labrys import`: somebody else's run.
@Command(
    name = "import",
    header = "Unpack a run that somebody else has packed.",
    descriptionHeading = "%n",
    description =
        "Unpacks what 'labrys export' has made into a folder below runs/, where 'labrys check'"
            + " judges it again. Nothing that is in it is executed.",
    parameterListHeading = "%nRun:%n",
    optionListHeading = "%nOptions:%n")
final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The packed run.")
  private String file = "";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Below which folder it is kept. Default: runs.")
  private String out = "runs";

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path packed = terminal.path(file);
    if (Files.isDirectory(packed)) {
      throw CommandFailure.usage(
          file + " is a folder; name the file that 'labrys export' has made");
    }
    try {
      RunFolder folder = RunArchive.unpack(packed, terminal.folder(out));
      terminal.print("%s%n".formatted(terminal.shown(folder.path())));
      return ExitCode.SUCCESS.code();
    } catch (FileAlreadyExistsException taken) {
      throw CommandFailure.usage("there is a run of that name in %s already".formatted(out));
    }
  }
}
