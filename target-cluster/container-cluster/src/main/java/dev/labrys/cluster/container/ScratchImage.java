package dev.labrys.cluster.container;

import dev.labrys.cluster.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An image of programs of this machine and the libraries that they are linked to. There is nothing
/// else in it, not even a shell, and nothing is downloaded for it.
final class ScratchImage {

  /// Loaded by name when they are needed, so that nothing is linked to them.
  private static final List<String> LOADED_LATER =
      List.of("libgcc_s.so.1", "libresolv.so.2", "libnss_dns.so.2", "libnss_files.so.2");

  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final Pattern MISSING = Pattern.compile("(\\S+) => not found");
  private static final String WHERE_NAMES_ARE = "hosts: files dns\n";

  private final ImageBuild images;
  private final String name;
  private final String dockerfile;

  /// @param dockerfile a resource, which copies the folder `root`
  ScratchImage(ImageBuild images, String name, String dockerfile) {
    this.images = images;
    this.name = name;
    this.dockerfile = ImageBuild.resource(dockerfile);
  }

  /// Puts programs where they are to be in the image.
  interface Filling {
    /// Puts them there.
    ///
    /// @param root the root folder of the image
    void into(Path root) throws IOException;
  }

  /// Makes the image if it is missing, or made from something else.
  ///
  /// @param programs tells what is filled in from all else
  /// @throws ContainersUnavailable if such images can't be made here
  void ensure(Fingerprint programs, Filling filling) throws IOException {
    String wanted = programs.add(dockerfile).add(WHERE_NAMES_ARE).text();
    if (images.isCurrent(name, wanted)) {
      return;
    }
    Path folder = Files.createTempDirectory("labrys-image");
    try {
      Path root = folder.resolve("root");
      Files.createDirectories(root.resolve("etc"));
      filling.into(root);
      for (Path library : libraries(name, root)) {
        copy(library, root.resolve(library.toString().substring(1)));
      }
      Files.writeString(root.resolve("etc/nsswitch.conf"), WHERE_NAMES_ARE);
      Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/data:\n");
      images.run(ImageBuild.build(name, dockerfile, wanted).withFileFromPath("root", root), name);
    } finally {
      Trees.delete(folder);
    }
  }

  /// By the name `copy`, though `file` may be a link to one of another name.
  static void copy(Path file, Path copy) throws IOException {
    Files.createDirectories(copy.getParent());
    Files.copy(file.toRealPath(), copy);
  }

  /// All that the programs and libraries below `root` are linked to, and what is loaded later.
  ///
  /// @param image what it is for
  /// @throws ContainersUnavailable if a library is missing
  static NavigableSet<Path> libraries(String image, Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    List<String> command = new ArrayList<>(List.of("ldd"));
    files.stream()
        .filter(file -> file.toString().endsWith(".so") || Files.isExecutable(file))
        .forEach(file -> command.add(file.toString()));
    String said = output(image, command);
    requireAll(image, files, said);
    NavigableSet<Path> found = new TreeSet<>();
    Matcher line = LIBRARY.matcher(said);
    while (line.find()) {
      Path library = Path.of(line.group(1));
      if (!library.startsWith(root)) {
        found.add(library);
      }
    }
    List<Path> folders =
        found.stream()
            .filter(library -> library.getFileName().toString().startsWith("libc."))
            .map(Path::getParent)
            .toList();
    for (Path folder : folders) {
      LOADED_LATER.stream().map(folder::resolve).filter(Files::exists).forEach(found::add);
    }
    return found;
  }

  /// Libraries that come along may find each other only once their program runs.
  private static void requireAll(String image, List<Path> alongside, String said)
      throws ContainersUnavailable {
    Matcher line = MISSING.matcher(said);
    while (line.find()) {
      String library = line.group(1);
      if (alongside.stream().noneMatch(file -> file.endsWith(library))) {
        throw new ContainersUnavailable(
            "%s can't be made, as this machine lacks %s: install it, or name another image"
                .formatted(image, library));
      }
    }
  }

  private static String output(String image, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      throw new ContainersUnavailable(
          "%s is made of what is on this machine, by ldd: name another image, as %s"
              .formatted(image, missing.getMessage()));
    }
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
