package dev.labrys.cluster;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Folders with all that is in them. Links are copied and deleted as such, and never followed.
public final class Trees {

  private Trees() {}

  /// Makes `to` hold what `from` holds, and nothing else.
  public static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    empty(to);
    if (Files.isDirectory(from)) {
      Files.walkFileTree(from, new Copying(from, to));
    }
  }

  /// Deletes all that is in `folder`, which stays.
  public static void empty(Path folder) throws IOException {
    Files.walkFileTree(folder, new Deletion(folder));
  }

  /// Deletes `folder` if it is there.
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(folder, new Deletion(null));
    }
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    private Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (!folder.equals(from)) {
        copyOne(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      copyOne(file);
      return FileVisitResult.CONTINUE;
    }

    private void copyOne(Path each) throws IOException {
      Files.copy(
          each,
          to.resolve(from.relativize(each).toString()),
          StandardCopyOption.COPY_ATTRIBUTES,
          LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    private final @Nullable Path kept;

    private Deletion(@Nullable Path kept) {
      this.kept = kept;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      if (!folder.equals(kept)) {
        Files.delete(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
