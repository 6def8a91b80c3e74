package dev.labrys.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files of this checkout that people wrote: not what a build, a run or an editor left behind.
final class Checkout {
  static final Path ROOT = Path.of(System.getProperty("tidy.root"));
  private static final Set<String> LEFT_BEHIND =
      Set.of(".git", ".idea", ".labrys", ".vscode", "node_modules", "runs", "target");

  private Checkout() {}

  /// All of them, sorted.
  static List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(ROOT, new Collector(files));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    Collections.sort(files);
    return files;
  }

  static List<Path> files(String ending) {
    return files().stream().filter(file -> file.toString().endsWith(ending)).toList();
  }

  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  /// The text of `file`; empty if it is not text.
  static Optional<String> text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> files;

    Collector(List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return LEFT_BEHIND.contains(folder.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !file.getFileName().toString().equals(".git")) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
