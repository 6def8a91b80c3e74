package dev.labrys.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher, on a machine made of folders: its JDKs and its Maven are scripts that say who they
/// are and what they were given.
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in -XX:AOTCacheOutput=*) echo cache >"${argument#*=}"; exit 0 ;; esac
      done
      echo "${0%/bin/java} ran: $*"
      exit "${EXIT:-0}"
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME $*" >>builds
      echo '[INFO] Building labrys-checker 1.0   [1/1]'
      [ -n "${BREAK:-}" ] && echo '[ERROR] the cause' && seq 99
      [ -n "${BREAK:-}" ] && exit 1
      mkdir -p harness/runner/target && echo jar >harness/runner/target/labrys.jar
      """;

  private static final List<String> TOOLS =
      List.of(
          "date",
          "dirname",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "seq",
          "sleep",
          "tail");

  @TempDir private Path machine;
  private Path checkout;

  @BeforeEach
  void copyTheLauncher() throws IOException {
    machine = machine.toRealPath();
    checkout = Files.createDirectories(machine.resolve("a checkout: of labrys"));
    String launcher = Files.readString(Checkout.ROOT.resolve("labrys"));
    assertThat(launcher).contains("system_root=  #");
    script(
        checkout.resolve("labrys"),
        launcher.replace("system_root=  #", "system_root='" + machine + "'  #"));
    write(checkout.resolve("pom.xml"), "<project/>");
    write(checkout.resolve("checker/src/main/java/A.java"), "class A {}");
    script(machine.resolve("tools/mvn"), MAVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/jvm/some jdk",
        "opt/jdk-25",
        "Library/Java/JavaVirtualMachines/x.jdk/Contents/Home",
        "home/.sdkman/candidates/java/25-tem",
        "home/.jdks/temurin"
      })
  void findsAJdkInTheUsualFolders(String folder) throws Exception {
    Path jdk = jdk(folder, "25.0.1");
    jdk("usr/lib/jvm/an old one", "17.0.9");

    assertThat(run(Map.of(), "--java-home")).isEqualTo(new Ending(0, jdk + "\n", ""));
  }

  @Test
  void prefersWhatItIsTold() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    Path onPath = jdk("tools/jdk", "26-ea");
    Path home = jdk("java home", "25.0.2");
    Path own = jdk("own", "27");
    Files.createSymbolicLink(machine.resolve("tools/java"), onPath.resolve("bin/java"));

    assertThat(run(Map.of(), "--java-home").out()).isEqualTo(onPath + "\n");
    assertThat(run(Map.of("JAVA_HOME", home.toString()), "--java-home").out())
        .isEqualTo(home + "\n");
    assertThat(
            run(
                    Map.of("JAVA_HOME", home.toString(), "LABRYS_JAVA_HOME", own.toString()),
                    "--java-home")
                .out())
        .isEqualTo(own + "\n");
  }

  @Test
  void passesOverWhatIsTooOldOrNoJdk() throws Exception {
    Path old = jdk("old", "24.0.2");
    Path eight = jdk("usr/lib/jvm/eight", "1.8.0_402");
    Path runtimeOnly = jdk("usr/lib/jvm/jre", "25");
    Files.delete(runtimeOnly.resolve("bin/javac"));
    write(machine.resolve("opt/empty/release"), "");

    Ending ending = run(Map.of("JAVA_HOME", old.toString()), "--version");

    assertThat(eight).exists();
    assertThat(ending.code()).isEqualTo(69);
    assertThat(ending.err().lines()).hasSize(1);
    assertThat(ending.err())
        .contains("needs a JDK 25 or newer")
        .contains("openjdk-25-jdk-headless");
  }

  @Test
  void refusesAnExplicitJdkThatDoesNotFit() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    Ending ending = run(Map.of("LABRYS_JAVA_HOME", "/nowhere"), "--version");

    assertThat(ending.code()).isEqualTo(69);
    assertThat(ending.err().lines()).hasSize(1);
    assertThat(ending.err()).contains("LABRYS_JAVA_HOME=/nowhere");
  }

  @Test
  void buildsOnFirstUseAndThenOnlyWhenSourcesAreNewer() throws Exception {
    Path jdk = jdk("usr/lib/jvm/jdk", "25");

    assertThat(run(Map.of(), "--version").err()).contains("this is the first use");
    assertThat(run(Map.of(), "--version").err()).isEmpty();
    assertThat(builds())
        .containsExactly(
            jdk + " -B -ntp -Dquick -Dmaven.test.skip=true -pl harness/runner -am package");

    makeNewer(checkout.resolve("checker/src/main/java/A.java"));
    assertThat(run(Map.of(), "--version").err()).contains("sources have changed");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void noticesADeletedSource() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    run(Map.of(), "--version");

    Files.delete(checkout.resolve("checker/src/main/java/A.java"));
    makeNewer(checkout.resolve("checker/src/main/java"));

    assertThat(run(Map.of(), "--version").err()).contains("sources have changed");
  }

  @Test
  void takesOverTheLockOfABuildThatDied() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    write(checkout.resolve(".labrys/build.lock/pid"), "999999999\n");

    assertThat(run(Map.of(), "--version").code()).isZero();
    assertThat(checkout.resolve(".labrys/build.lock")).doesNotExist();
  }

  @Test
  void showsWhatWentWrongInAFailedBuild() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");

    Ending ending = run(Map.of("BREAK", "yes"), "--version");

    assertThat(ending.code()).isEqualTo(70);
    assertThat(ending.err())
        .contains("[ERROR] the cause")
        .endsWith("the whole log is " + checkout + "/.labrys/build.log\n");
    assertThat(checkout.resolve(".labrys/build.lock")).doesNotExist();
  }

  @Test
  void saysThatItNeedsMaven() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    Files.delete(machine.resolve("tools/mvn"));

    Ending ending = run(Map.of(), "--version");

    assertThat(ending.code()).isEqualTo(69);
    assertThat(ending.err().lines()).hasSize(1);
    assertThat(ending.err()).contains("needs Maven 3.8.7 or newer");
  }

  @Test
  void passesArgumentsAndExitCodeThrough() throws Exception {
    Path jdk = jdk("usr/lib/jvm/jdk", "25");

    Ending ending = run(Map.of("EXIT", "3"), "check", "a file", "", "*");

    assertThat(ending.code()).isEqualTo(3);
    assertThat(ending.out())
        .startsWith(jdk + " ran: -XX:AOTCache=")
        .endsWith("/harness/runner/target/labrys.jar check a file  *\n");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    jdk("usr/lib/jvm/jdk", "25");
    Path elsewhere = Files.createDirectories(machine.resolve("bin"));
    Files.createSymbolicLink(elsewhere.resolve("one"), checkout.resolve("labrys"));
    Files.createSymbolicLink(elsewhere.resolve("two"), Path.of("one"));

    Ending ending = run(Map.of(), elsewhere.resolve("two"), "models");

    assertThat(ending.out()).endsWith(checkout + "/harness/runner/target/labrys.jar models\n");
  }

  @Test
  void startsWithoutACacheThatCanNotBeMade() throws Exception {
    Path jdk = jdk("usr/lib/jvm/jdk", "25");
    script(
        jdk.resolve("bin/java"), JAVA.replace("echo cache >\"${argument#*=}\"; exit 0", "exit 1"));

    assertThat(run(Map.of(), "models"))
        .satisfies(ending -> assertThat(ending.code()).isZero())
        .satisfies(ending -> assertThat(ending.out()).contains(" ran: -jar "));
  }

  private record Ending(int code, String out, String err) {}

  private Ending run(Map<String, String> environment, String... arguments) throws Exception {
    return run(environment, checkout.resolve("labrys"), arguments);
  }

  private Ending run(Map<String, String> environment, Path launcher, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = machine.resolve("out");
    Path err = machine.resolve("err");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(machine.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().clear();
    process.environment().put("PATH", path());
    process.environment().put("HOME", machine.resolve("home").toString());
    process.environment().putAll(environment);
    int code = process.start().waitFor();
    return new Ending(code, Files.readString(out), Files.readString(err));
  }

  /// The tools of a POSIX system, without this machine's java and mvn.
  private String path() throws IOException {
    Path posix = machine.resolve("posix");
    for (String tool : TOOLS) {
      for (String folder : List.of("/bin", "/usr/bin")) {
        if (Files.isExecutable(Path.of(folder, tool))) {
          script(posix.resolve(tool), "#!/bin/sh\nexec %s/%s \"$@\"\n".formatted(folder, tool));
        }
      }
    }
    return machine.resolve("tools") + ":" + posix;
  }

  private Path jdk(String folder, String version) throws IOException {
    Path jdk = machine.resolve(folder);
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    write(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"us\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    return jdk;
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(checkout.resolve("builds"));
  }

  private static void script(Path file, String text) throws IOException {
    write(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void makeNewer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }
}
