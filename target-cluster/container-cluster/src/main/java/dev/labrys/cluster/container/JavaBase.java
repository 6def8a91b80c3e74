package dev.labrys.cluster.container;

import dev.labrys.cluster.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// The base image [ImageBuild#LOCAL_BASE]: the Java that runs this, cut down by `jlink`, and the
/// libraries of this machine that it is linked to. There is nothing else in it, not even a shell.
final class JavaBase {

  /// What servers and their diagnosis take.
  private static final String MODULES =
      "java.base,java.logging,java.management,java.net.http,jdk.httpserver,jdk.jcmd,jdk.jfr,"
          + "jdk.management,jdk.net,jdk.unsupported";

  /// Loaded by name when they are needed, so that nothing is linked to them.
  private static final List<String> LOADED_LATER =
      List.of("libgcc_s.so.1", "libresolv.so.2", "libnss_dns.so.2", "libnss_files.so.2");

  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
  private static final String WHERE_NAMES_ARE = "hosts: files dns\n";

  private final ImageBuild images;

  JavaBase(ImageBuild images) {
    this.images = images;
  }

  /// Makes the image if it is missing, or made from another JDK.
  void ensure() throws IOException {
    String dockerfile = ImageBuild.resource("base.Dockerfile");
    String wanted =
        new Fingerprint()
            .add(dockerfile)
            .add(MODULES)
            .add(WHERE_NAMES_ARE)
            .add(Path.of(System.getProperty("java.home"), "release"))
            .text();
    if (images.isCurrent(ImageBuild.LOCAL_BASE, wanted)) {
      return;
    }
    Path folder = Files.createTempDirectory("labrys-base");
    try {
      Path root = folder.resolve("root");
      fill(root);
      images.run(
          ImageBuild.build(ImageBuild.LOCAL_BASE, dockerfile, wanted)
              .withFileFromPath("root", root),
          ImageBuild.LOCAL_BASE);
    } finally {
      Trees.delete(folder);
    }
  }

  private static void fill(Path root) throws IOException {
    Path java = root.resolve("opt/java");
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(java.getParent());
    link(java);
    for (Path library : libraries(java)) {
      Path copy = root.resolve(library.toString().substring(1));
      Files.createDirectories(copy.getParent());
      // By its own name, though it may be a link to another.
      Files.copy(library.toRealPath(), copy);
    }
    Files.writeString(root.resolve("etc/nsswitch.conf"), WHERE_NAMES_ARE);
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/data:\n");
  }

  private static void link(Path java) throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() ->
                new ContainersUnavailable(
                    "%s is made by jlink, which this Java does not have: run on a JDK, or use %s"
                        .formatted(ImageBuild.LOCAL_BASE, ImageBuild.OFFICIAL_BASE)));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    // Classes that are shared before they are loaded start in half of the time.
    int status =
        jlink.run(
            out,
            out,
            "--add-modules",
            MODULES,
            "--generate-cds-archive",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            java.toString());
    if (status != 0) {
      throw new IOException("jlink failed with %d: %s".formatted(status, said.toString().strip()));
    }
  }

  /// All that the programs and libraries below `java` are linked to, and what is loaded later.
  private static NavigableSet<Path> libraries(Path java) throws IOException {
    List<String> command = new ArrayList<>(List.of("ldd"));
    try (Stream<Path> files = Files.walk(java)) {
      files
          .filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
          .forEach(file -> command.add(file.toString()));
    }
    NavigableSet<Path> found = new TreeSet<>();
    Matcher line = LIBRARY.matcher(output(command));
    while (line.find()) {
      Path library = Path.of(line.group(1));
      if (!library.startsWith(java)) {
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
    if (found.isEmpty()) {
      throw new ContainersUnavailable(
          "%s can only be made on Linux: use %s"
              .formatted(ImageBuild.LOCAL_BASE, ImageBuild.OFFICIAL_BASE));
    }
    return found;
  }

  private static String output(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      return "";
    }
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
