package dev.labrys.cluster.container;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/// Makes images of programs, and only when they are missing or made from something else.
///
/// The engine looks for nothing in a registry, unless it is told to use a base that it does not
/// have and that is not below `localhost/`.
public final class ImageBuild {

  /// What most people build on.
  public static final String OFFICIAL_BASE = "eclipse-temurin:25-jre";

  /// A base that is made from the JDK that runs this, and from the libraries of this machine.
  public static final String LOCAL_BASE = "localhost/labrys-jre:25";

  private final Engine engine;

  public ImageBuild(Engine engine) {
    this.engine = engine;
  }

  /// The base that needs no download: the official one if the engine has it, or else the local one.
  public String base() throws IOException {
    return engine.hasImage(OFFICIAL_BASE) ? OFFICIAL_BASE : LOCAL_BASE;
  }

  /// Sees to it that there is an image of a program: its classes are found by `java` without a
  /// class path, and its folder is `/data`.
  ///
  /// @param name of the image, below `localhost/`
  /// @param base with a Java
  /// @param classPath files and folders of the program
  /// @throws ContainersUnavailable if the base is below `localhost/`, and neither there nor ours
  public Image ensure(String name, String base, List<Path> classPath) throws IOException {
    requireLocal(name);
    String dockerfile = resource("Dockerfile");
    Fingerprint fingerprint = new Fingerprint().add(ensureBase(base)).add(dockerfile);
    for (Path entry : classPath) {
      fingerprint.add(entry);
    }
    String wanted = fingerprint.text();
    if (!isCurrent(name, wanted)) {
      ImageFromDockerfile build = build(name, dockerfile, wanted).withBuildArg("BASE", base);
      List<String> inside = new ArrayList<>();
      for (Path entry : classPath) {
        String place = "app/%d-%s".formatted(inside.size(), entry.getFileName());
        build.withFileFromPath(place, entry);
        inside.add("/" + place);
      }
      run(build.withBuildArg("CLASS_PATH", String.join(":", inside)), name);
    }
    return Image.of(name);
  }

  /// Sees to it that there is an image of a program of this machine, and of the libraries that it
  /// is linked to: it is found by its file name, and its folder is `/data`.
  ///
  /// @param name of the image, below `localhost/`
  /// @throws ContainersUnavailable if no such image can be made here
  public Image ensure(String name, Path program) throws IOException {
    requireLocal(name);
    new ScratchImage(this, name, "program.Dockerfile")
        .ensure(
            new Fingerprint().add(program),
            root -> ScratchImage.copy(program, root.resolve("bin").resolve(program.getFileName())));
    return Image.of(name);
  }

  /// An image as it is, downloaded if the engine lacks it.
  ///
  /// @throws ContainersUnavailable if it is below `localhost/`, and not there
  public Image existing(String name) throws IOException {
    Image image = Image.of(name);
    image.requireAt(engine);
    if (!engine.hasImage(name)) {
      download(name);
    }
    return image;
  }

  private static void requireLocal(String name) {
    if (!Image.isLocal(name)) {
      throw new IllegalArgumentException("an image of ours is below localhost/, unlike " + name);
    }
  }

  /// @return the id of the base
  private String ensureBase(String base) throws IOException {
    if (base.equals(LOCAL_BASE)) {
      new JavaBase(this).ensure();
    } else if (!engine.hasImage(base)) {
      if (Image.isLocal(base)) {
        throw new ContainersUnavailable(
            ("the engine at %s has no image %s, and none below localhost/ is ever looked for in a"
                    + " registry: build it first, or use %s")
                .formatted(engine, base, LOCAL_BASE));
      }
      download(base);
    }
    return inspect(base)
        .map(InspectImageResponse::getId)
        .orElseThrow(() -> new IOException("the image %s was there, and is gone".formatted(base)));
  }

  private static void download(String image) throws IOException {
    Engine.ask(
        "download " + image,
        () -> {
          try {
            return new RemoteDockerImage(DockerImageName.parse(image)).get();
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
  }

  private Optional<InspectImageResponse> inspect(String name) throws IOException {
    return Engine.ask(
        "look at the image " + name,
        () -> {
          try {
            return Optional.of(engine.client().inspectImageCmd(name).exec());
          } catch (NotFoundException missing) {
            return Optional.empty();
          }
        });
  }

  /// Whether the image is there and was made from what has this fingerprint.
  boolean isCurrent(String name, String fingerprint) throws IOException {
    return inspect(name)
        .flatMap(image -> Optional.ofNullable(image.getConfig()))
        .flatMap(config -> Optional.ofNullable(config.getLabels()))
        .filter(labels -> fingerprint.equals(labels.get(Fingerprint.LABEL)))
        .isPresent();
  }

  static ImageFromDockerfile build(String name, String dockerfile, String fingerprint) {
    return new ImageFromDockerfile(name, false)
        .withFileFromString("Dockerfile", dockerfile)
        .withBuildImageCmdModifier(
            command -> command.withLabels(Map.of(Fingerprint.LABEL, fingerprint)));
  }

  /// Builds, and removes what had the name before.
  void run(ImageFromDockerfile build, String name) throws IOException {
    Optional<InspectImageResponse> before = inspect(name);
    Engine.ask(
        "build the image " + name,
        () -> {
          try {
            return build.get();
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
    String now = inspect(name).map(InspectImageResponse::getId).orElse("");
    before.map(InspectImageResponse::getId).filter(id -> !id.equals(now)).ifPresent(this::remove);
  }

  private void remove(String id) {
    try {
      engine.client().removeImageCmd(id).exec();
    } catch (DockerException used) {
      // A container was made from it; whoever removes that may remove the image.
      return;
    }
  }

  static String resource(String name) {
    try (InputStream in = ImageBuild.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource %s is missing".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
