package dev.labrys.cluster.container;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/// The image of the nodes of these tests: the classes of these tests on our own base.
final class TestImage {

  private TestImage() {}

  static Image ensure(Engine engine) throws IOException {
    return new ImageBuild(engine)
        .ensure("localhost/labrys-test:dev", ImageBuild.LOCAL_BASE, List.of(classes()));
  }

  private static Path classes() {
    try {
      return Path.of(TestImage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
