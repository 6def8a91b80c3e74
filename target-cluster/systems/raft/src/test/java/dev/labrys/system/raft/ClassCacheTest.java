package dev.labrys.system.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class ClassCacheTest {
  private static final List<String> NO_OPTIONS = List.of();

  @TempDir private Path folder;

  /// The server from jars, as class path entries may be folders in a build.
  private RaftProgram ofJars() throws IOException {
    StringBuilder classPath = new StringBuilder();
    int number = 0;
    for (Path entry : RaftImage.classPath()) {
      Path jar = Files.isDirectory(entry) ? pack(entry, folder.resolve(number + ".jar")) : entry;
      classPath.append(number == 0 ? "" : File.pathSeparator).append(jar);
      number++;
    }
    List<String> java = RaftProgram.ofThisJvm("test", NO_OPTIONS).java();
    return new RaftProgram(
        List.of(java.getFirst(), "-XX:+UseSerialGC", "-Xmx512m", "-cp", classPath.toString()),
        "test",
        NO_OPTIONS);
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aServerOfJarsIsStartedFromACacheThatIsMadeOnce() throws IOException {
    RaftProgram plain = ofJars();
    ClassCache cache = new ClassCache(folder.resolve("cache"));

    RaftProgram faster = cache.speedUp(plain);

    assertThat(faster.java()).anyMatch(word -> word.startsWith("-XX:AOTCache="));
    assertThat(cached()).hasSize(1);
    assertThat(cache.speedUp(plain)).isEqualTo(faster);
    Process server = new ProcessBuilder(faster.alone(folder.resolve("data"))).start();
    try {
      assertThat(server.inputReader().readLine()).contains("\"event\":\"READY\"");
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void foldersOfClassesAreStartedWithoutOne() throws IOException {
    List<String> java = List.of("java", "-cp", folder.toString());
    RaftProgram ofFolder = new RaftProgram(java, "test", NO_OPTIONS);

    assertThat(new ClassCache(folder.resolve("cache")).speedUp(ofFolder)).isEqualTo(ofFolder);
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void whereNoneCanBeMadeItIsStartedWithoutOne() throws IOException {
    Path jar = Files.createFile(folder.resolve("empty.jar"));
    List<String> java =
        List.of(RaftProgram.ofThisJvm("test", NO_OPTIONS).java().getFirst(), "-cp", jar.toString());
    RaftProgram broken = new RaftProgram(java, "test", NO_OPTIONS);

    assertThat(new ClassCache(folder.resolve("cache")).speedUp(broken)).isEqualTo(broken);
    assertThat(cached()).isEmpty();
  }
}
