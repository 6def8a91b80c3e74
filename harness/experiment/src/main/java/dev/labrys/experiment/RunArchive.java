package dev.labrys.experiment;

import dev.labrys.cluster.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
        zip.putNextEntry(new ZipEntry(folder.name() + "/" + inside));
        Files.copy(each, zip);
        zip.closeEntry();
      }
    }
  }

  /// Unpacks `file` below `parent`. What is in it is nobody's whom one knows: it can't get out of
  /// its folder, and not grow beyond 8 GiB.
  ///
  /// @throws IOException if it is no packed run, or `parent` has a folder of its name already
  public static RunFolder unpack(Path file, Path parent) throws IOException {
    Files.createDirectories(parent);
    Path temporary = Files.createTempDirectory(parent, ".unpacking");
    try {
      String name = unpackInto(file, temporary);
      Path made = temporary.resolve(name);
      if (!RunFolder.isOne(made)) {
        throw new IOException(file + " holds no run");
      }
      return new RunFolder(Files.move(made, parent.resolve(name)));
    } catch (InvalidPathException | ZipException strange) {
      throw new IOException(file + " is no packed run: " + strange.getMessage(), strange);
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
          throw new IOException(file + " is no packed run: it has the file " + entry.getName());
        }
        String first = inside.getName(0).toString();
        if (!first.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
          throw new IOException(file + " is no packed run: no run is called " + first);
        }
        if (!top.isEmpty() && !top.equals(first)) {
          throw new IOException(file + " holds more than one run");
        }
        top = first;
        if (!entry.isDirectory()) {
          Files.createDirectories(target.getParent());
          left -= copy(zip, target, left);
        }
      }
    }
    if (top.isEmpty()) {
      throw new IOException(file + " holds no run");
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
          throw new IOException("it is larger than " + MOST_BYTES + " bytes when unpacked");
        }
        out.write(buffer, 0, read);
      }
    }
    return copied;
  }
}
