package dev.labrys.cluster.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.ContainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Containers
@Timeout(120)
final class ImageBuildTest {
  private static final String NAME = "localhost/labrys-test:build";

  @TempDir private Path folder;

  @Test
  void anImageIsMadeWhenSomethingHasChanged() throws IOException {
    Engine engine = Engine.find();
    ImageBuild images = new ImageBuild(engine);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path jar = Files.writeString(folder.resolve("a.jar"), "first");
    Files.writeString(classes.resolve("A.class"), "first");
    List<Path> classPath = List.of(jar, classes);
    try {
      String first = ensure(engine, images, classPath);
      assertThat(ensure(engine, images, classPath)).isEqualTo(first);

      Files.writeString(classes.resolve("A.class"), "other");
      String other = ensure(engine, images, classPath);

      assertThat(other).isNotEqualTo(first);
      assertThat(Engine.hasImage(engine.client(), first)).isFalse();
      assertThat(engine.client().inspectImageCmd(NAME).exec().getConfig())
          .extracting(ContainerConfig::getEnv)
          .asInstanceOf(InstanceOfAssertFactories.ARRAY)
          .contains("CLASSPATH=/app/0-a.jar:/app/1-classes");
    } finally {
      engine.client().removeImageCmd(NAME).exec();
    }
  }

  private static String ensure(Engine engine, ImageBuild images, List<Path> classPath)
      throws IOException {
    return id(engine, images.ensure(NAME, ImageBuild.LOCAL_BASE, classPath));
  }

  private static String id(Engine engine, Image image) {
    return String.valueOf(engine.client().inspectImageCmd(image.name()).exec().getId());
  }

  @Test
  void anImageOfAProgramIsMadeWhenTheProgramHasChanged() throws IOException {
    Engine engine = Engine.find();
    ImageBuild images = new ImageBuild(engine);
    Path program = folder.resolve("program");
    Files.copy(Path.of("/bin/sh").toRealPath(), program);
    try {
      String first = id(engine, images.ensure(NAME, program));
      assertThat(id(engine, images.ensure(NAME, program))).isEqualTo(first);

      Files.write(program, new byte[] {0}, StandardOpenOption.APPEND);

      assertThat(id(engine, images.ensure(NAME, program))).isNotEqualTo(first);
    } finally {
      engine.client().removeImageCmd(NAME).exec();
    }
  }

  @Test
  void aBaseOfOursIsNeverLookedForElsewhere() throws IOException {
    ImageBuild images = new ImageBuild(Engine.find());

    assertThatThrownBy(() -> images.ensure(NAME, "localhost/labrys-test:absent", List.of()))
        .isInstanceOf(ContainersUnavailable.class)
        .hasMessageContaining("build it first, or use " + ImageBuild.LOCAL_BASE);
    assertThatThrownBy(() -> images.ensure("labrys-test", ImageBuild.LOCAL_BASE, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBaseThatIsTakenNeedsNoDownload() throws IOException {
    Engine engine = Engine.find();

    String base = new ImageBuild(engine).base();

    assertThat(base.equals(ImageBuild.LOCAL_BASE) || engine.hasImage(base)).isTrue();
  }
}
