package dev.labrys.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every command that a document shows in a ` ```console ` block is run, in order, and prints what
/// the document says it prints.
final class DocumentationTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /// What a test can't run without the network or a second build: shown, not run.
  private static final Set<String> NOT_RUN = Set.of("git", "mvn", "cd", "java", "sudo", "brew");

  @TempDir private Path temporary = Path.of("");

  @TestFactory
  List<DynamicTest> documentsKeepTheirPromises() throws IOException {
    return documents().stream()
        .map(file -> DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> check(file)))
        .toList();
  }

  private void check(Path document) throws IOException {
    Path directory = Files.createTempDirectory(temporary, "document");
    Path histories =
        Files.createSymbolicLink(directory.resolve("histories"), ROOT.resolve("histories"));
    try {
      run(document, new DocumentShell(directory));
    } finally {
      Files.delete(histories);
    }
  }

  private static void run(Path document, DocumentShell shell) throws IOException {
    List<DocumentedCommand> commands = DocumentedCommand.in(document);
    for (int i = 0; i < commands.size(); i++) {
      DocumentedCommand shown = commands.get(i);
      if (NOT_RUN.contains(shown.command().split(" ", 2)[0])) {
        continue;
      }
      String output = shell.run(shown.command());

      assertThat(shown.promises(output))
          .withFailMessage(() -> "%s%nprints:%n%s".formatted(shown, output))
          .isTrue();
      boolean showsItsExitCode =
          i + 1 < commands.size() && commands.get(i + 1).command().equals("echo $?");
      if (!showsItsExitCode) {
        assertThat(shell.lastExitCode()).as(shown.toString()).isLessThan(64);
      }
    }
  }

  @Test
  void theReferenceOfTheCommandLineShowsCommands() throws IOException {
    assertThat(DocumentedCommand.in(ROOT.resolve("docs/cli.md"))).hasSizeGreaterThan(10);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
          .filter(file -> file.toString().endsWith(".md") && Files.exists(file))
          .sorted()
          .toList();
    }
  }
}
