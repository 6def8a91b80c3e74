package dev.labrys.experiment;

import dev.labrys.cluster.Trees;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A run in one file, for somebody else.
public final class RunArchive {
  private static final int MOST_FILES = 10_000;
  private static final long MOST_BYTES = 8L << 30;
  private static final int BUFFER = 1 << 16;
  private static final String HOLDS_NO_RUN = " holds no run; 'labrys export' packs one";

  private RunArchive() {}

  /// Packs `folder` into `file`, which must not exist yet.
  public static void pack(RunFolder folder, Path file) throws IOException {
    folder.requireOver();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder.path())) {
      files =
          all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList();
    }
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path each : files) {
        String inside = folder.path().relativize(each).toString().replace('\\', '/');
        ZipEntry entry = new ZipEntry(folder.name() + "/" + inside);
        entry.setLastModifiedTime(Files.getLastModifiedTime(each));
        zip.putNextEntry(entry);
        Files.copy(each, zip);
        zip.closeEntry();
      }
    }
  }

  /// Unpacks `file` below `parent`. What is in it is nobody's whom one knows: it can't get out of
  /// its folder, and not grow beyond 8 GiB.
  ///
  /// @throws MalformedRunException if it is no packed run
  /// @throws FileAlreadyExistsException if `parent` has a folder of its name already
  public static RunFolder unpack(Path file, Path parent) throws IOException {
    RunFolder.makeParent(parent);
    Path temporary = Files.createTempDirectory(parent, ".unpacking");
    try {
      String name = unpackInto(file, temporary);
      RunFolder made = new RunFolder(temporary.resolve(name));
      if (!RunFolder.isOne(made.path())) {
        throw new MalformedRunException(file + HOLDS_NO_RUN);
      }
      // Nobody makes it here, whatever it says.
      Files.deleteIfExists(made.mark());
      return new RunFolder(Files.move(made.path(), parent.resolve(name)));
    } finally {
      Trees.delete(temporary);
    }
  }

  /// Returns the name of the one folder that everything in it is in.
  private static String unpackInto(Path file, Path folder) throws IOException {
    String top = "";
    long left = MOST_BYTES;
    int files = 0;
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        Path inside = folder.relativize(target);
        files++;
        if (!target.startsWith(folder) || inside.getNameCount() < 2 || files > MOST_FILES) {
          throw new MalformedRunException(
              file + " is no packed run: it has the file " + entry.getName());
        }
        String first = inside.getName(0).toString();
        if (!first.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
          throw new MalformedRunException(file + " is no packed run: no run is called " + first);
        }
        if (!top.isEmpty() && !top.equals(first)) {
          throw new MalformedRunException(file + " holds more than one run");
        }
        top = first;
        if (!entry.isDirectory()) {
          Files.createDirectories(target.getParent());
          left -= copy(zip, target, left);
          Files.setLastModifiedTime(target, entry.getLastModifiedTime());
        }
      }
    } catch (EOFException torn) {
      throw new MalformedRunException(
          file + " is not whole: get it again from whoever has the run", torn);
    } catch (InvalidPathException | ZipException | FileAlreadyExistsException strange) {
      throw new MalformedRunException(
          "%s is no packed run: %s".formatted(file, strange.getMessage()), strange);
    }
    if (top.isEmpty()) {
      throw new MalformedRunException(file + HOLDS_NO_RUN);
    }
    return top;
  }

  private static long copy(InputStream in, Path target, long most) throws IOException {
    long copied = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        if (copied > most) {
          throw new MalformedRunException(
              "a packed run is no larger than %d bytes when unpacked, and this one is"
                  .formatted(MOST_BYTES));
        }
        out.write(buffer, 0, read);
      }
    }
    return copied;
  }
}
