package dev.labrys.cluster.container;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/// The base image [ImageBuild#LOCAL_BASE]: the Java that runs this, cut down by `jlink`.
final class JavaBase {

  /// What servers and their diagnosis take.
  private static final String MODULES =
      "java.base,java.logging,java.management,java.net.http,jdk.httpserver,jdk.jcmd,jdk.jfr,"
          + "jdk.management,jdk.net,jdk.unsupported";

  private final ScratchImage image;

  JavaBase(ImageBuild images) {
    image = new ScratchImage(images, ImageBuild.LOCAL_BASE, "base.Dockerfile");
  }

  /// Makes the image if it is missing, or made from another JDK.
  void ensure() throws IOException {
    Fingerprint java =
        new Fingerprint().add(MODULES).add(Path.of(System.getProperty("java.home"), "release"));
    image.ensure(java, JavaBase::fill);
  }

  private static void fill(Path root) throws IOException {
    link(root.resolve("opt/java"));
    if (ScratchImage.libraries(ImageBuild.LOCAL_BASE, root).isEmpty()) {
      throw new ContainersUnavailable(
          "%s can only be made on Linux: use %s"
              .formatted(ImageBuild.LOCAL_BASE, ImageBuild.OFFICIAL_BASE));
    }
  }

  private static void link(Path java) throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() ->
                new ContainersUnavailable(
                    "%s is made by jlink, which this Java does not have: run on a JDK, or use %s"
                        .formatted(ImageBuild.LOCAL_BASE, ImageBuild.OFFICIAL_BASE)));
    Files.createDirectories(java.getParent());
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
}
