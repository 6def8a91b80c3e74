package dev.labrys.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows of ARCHITECTURE.md, and what a module must not do even with the JDK alone.
final class LayeringTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.labrys");

  /// For each package, all others it may use beyond `java`. A module that is not here fails.
  private static final Map<String, List<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              may("history", "com.fasterxml.jackson.core.."),
              may("synthetic", "dev.labrys.history"),
              may("checker", "dev.labrys.history"),
              may("cluster", "dev.labrys.history"),
              may("liveness", "dev.labrys.cluster"),
              may("host"),
              may("raft"),
              may("raft.store", "dev.labrys.raft"),
              may(
                  "raft.calls",
                  "dev.labrys.history",
                  "dev.labrys.cluster",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store"),
              may(
                  "raft.node",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store",
                  "com.fasterxml.jackson.core..",
                  "com.sun.net.httpserver",
                  "picocli"),
              may(
                  "cluster.links",
                  "dev.labrys.cluster",
                  "eu.rekawek.toxiproxy..",
                  "com.google.gson"),
              may("cluster.machine", "dev.labrys.cluster"),
              may("cluster.process", "dev.labrys.cluster", "dev.labrys.cluster.machine"),
              may(
                  "cluster.container",
                  "dev.labrys.cluster",
                  "dev.labrys.cluster.machine",
                  "org.testcontainers..",
                  "com.github.dockerjava.."),
              may(
                  "system.etcd",
                  "dev.labrys.history",
                  "dev.labrys.cluster",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store",
                  "dev.labrys.raft.calls",
                  "com.fasterxml.jackson.core.."),
              may(
                  "system.raft",
                  "dev.labrys.history",
                  "dev.labrys.cluster",
                  "dev.labrys.raft.store",
                  "dev.labrys.raft.calls",
                  "dev.labrys.raft.node",
                  "com.fasterxml.jackson.core.."),
              may(
                  "cluster.sim",
                  "dev.labrys.history",
                  "dev.labrys.cluster",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store",
                  "dev.labrys.raft.calls"),
              may("workload", "dev.labrys.history", "dev.labrys.cluster"),
              may(
                  "nemesis",
                  "dev.labrys.history",
                  "dev.labrys.cluster",
                  "com.fasterxml.jackson.core..",
                  "org.snakeyaml.engine.v2.."),
              may("toxiproxy", "com.fasterxml.jackson.core.."),
              may(
                  "lab",
                  "dev.labrys.history",
                  "dev.labrys.checker",
                  "dev.labrys.cluster",
                  "dev.labrys.cluster.sim",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store",
                  "dev.labrys.raft.calls"),
              may(
                  "repro",
                  "dev.labrys.history",
                  "dev.labrys.liveness",
                  "dev.labrys.host",
                  "dev.labrys.lab",
                  "dev.labrys.cluster",
                  "dev.labrys.cluster.sim",
                  "dev.labrys.cluster.links",
                  "dev.labrys.cluster.process",
                  "dev.labrys.cluster.container",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store",
                  "dev.labrys.system.raft",
                  "dev.labrys.toxiproxy"),
              may(
                  "experiment",
                  "dev.labrys.history",
                  "dev.labrys.checker",
                  "dev.labrys.cluster",
                  "dev.labrys.cluster.sim",
                  "dev.labrys.cluster.links",
                  "dev.labrys.cluster.machine",
                  "dev.labrys.cluster.process",
                  "dev.labrys.cluster.container",
                  "dev.labrys.raft",
                  "dev.labrys.raft.store",
                  "dev.labrys.system.etcd",
                  "dev.labrys.system.raft",
                  "dev.labrys.workload",
                  "dev.labrys.nemesis",
                  "dev.labrys.toxiproxy",
                  "dev.labrys.report",
                  "dev.labrys.host",
                  "dev.labrys.liveness",
                  "dev.labrys.cluster.machine",
                  "com.fasterxml.jackson.core.."),
              may(
                  "report",
                  "dev.labrys.history",
                  "dev.labrys.checker",
                  "com.fasterxml.jackson.core..")));

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /// They put things together, and may use what they like; nobody may use them.
  private static final Set<String> ON_TOP = Set.of("runner", "bench", "tidy");

  private static Map.Entry<String, List<String>> may(String name, String... used) {
    return Map.entry(
        name, Stream.concat(Stream.of(used), Stream.of("org.jspecify.annotations")).toList());
  }

  @TestFactory
  Stream<DynamicTest> arrowsGoOneWay() {
    return ARROWS.keySet().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> arrows(name).check(CLASSES)));
  }

  @Test
  void everyModuleIsOnTheMap() {
    assertThat(CLASSES)
        .extracting(javaClass -> javaClass.getPackageName().substring("dev.labrys.".length()))
        .allMatch(name -> ARROWS.containsKey(name) || ON_TOP.contains(name.split("\\.", 2)[0]));
  }

  @Test
  void everyModuleIsRead() {
    String root = Checkout.text(Checkout.ROOT.resolve("pom.xml")).orElseThrow();
    String tidy = Checkout.text(Checkout.ROOT.resolve("harness/tidy/pom.xml")).orElseThrow();

    assertThat(MODULE.matcher(root).results().map(module -> module.group(1)))
        .filteredOn(module -> !module.equals("harness/tidy"))
        .isNotEmpty()
        .allMatch(module -> tidy.contains("<artifactId>" + artifact(module) + "</artifactId>"));
  }

  private static String artifact(String module) {
    String name = module.substring(module.lastIndexOf('/') + 1);
    return "labrys-" + (module.contains("/systems/") ? "system-" : "") + name;
  }

  @Test
  void theCheckerOnlyComputes() {
    onlyComputes("checker").check(CLASSES);
    onlyComputes("liveness").check(CLASSES);
    onlyComputes("synthetic").check(CLASSES);
    onlyComputes("workload").check(CLASSES);
    onlyComputes("nemesis").check(CLASSES);
    onlyComputes("raft").check(CLASSES);
    onlyComputes("raft.store").check(CLASSES);
    onlyComputes("raft.calls").check(CLASSES);
    onlyComputes("cluster.sim").check(CLASSES);
    onlyComputes("lab").check(CLASSES);
  }

  @Test
  void randomnessComesFromASeed() {
    randomOnlyFromSeed().check(CLASSES);
  }

  @Test
  void anArrowAgainstTheMapIsNoticed(@TempDir Path folder) throws IOException {
    JavaClasses wrong =
        Sample.compile(
            "package dev.labrys.history; class Bad { dev.labrys.checker.Verdict v; }", folder);

    assertThat(violations(arrows("history"), wrong)).anyMatch(line -> line.contains("Verdict"));
  }

  @Test
  void anUnplannedLibraryIsNoticed(@TempDir Path folder) throws IOException {
    JavaClasses wrong =
        Sample.compile(
            "package dev.labrys.checker; class Bad { org.junit.jupiter.api.Test t; }", folder);

    assertThat(violations(arrows("checker"), wrong)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new ProcessBuilder(\"x\").start()",
        "Runtime.getRuntime().exec(new String[] {\"x\"})",
        "new java.net.Socket(\"localhost\", 1).close()",
        "java.nio.channels.SocketChannel.open()",
        "java.nio.file.Files.readString(java.nio.file.Path.of(\"x\"))",
        "new java.io.FileReader(\"x\").close()",
        "java.nio.channels.FileChannel.open(java.nio.file.Path.of(\"x\"))"
      })
  void touchingTheWorldIsNoticed(String statement, @TempDir Path folder) throws IOException {
    JavaClasses wrong = Sample.compile(inChecker(statement), folder);

    assertThat(violations(onlyComputes("checker"), wrong)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Math.random()",
        "new java.util.Random().nextInt()",
        "java.util.concurrent.ThreadLocalRandom.current()",
        "new java.security.SecureRandom().nextInt()",
        "new java.util.SplittableRandom(1).nextInt()",
        "java.util.UUID.randomUUID()",
        "java.util.random.RandomGenerator.of(\"Random\")",
        "java.util.random.RandomGeneratorFactory.of(\"Random\").create(1)",
        "java.util.Collections.shuffle(new java.util.ArrayList<String>())"
      })
  void randomnessFromElsewhereIsNoticed(String statement, @TempDir Path folder) throws IOException {
    JavaClasses wrong = Sample.compile(inChecker(statement), folder);

    assertThat(violations(randomOnlyFromSeed(), wrong)).isNotEmpty();
  }

  private static String inChecker(String statement) {
    return "package dev.labrys.checker; class Bad { void bad() throws Exception { %s; } }"
        .formatted(statement);
  }

  private static Collection<String> violations(ArchRule rule, JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }

  private static ArchRule arrows(String name) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "javax..", "dev.labrys." + name),
                ARROWS.getOrDefault(name, List.of()).stream())
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.labrys." + name)
        .should()
        .dependOnClassesThat(
            not(resideInAnyPackage(allowed))
                .and(not(resideInAnyPackage("")))
                .as("are not in %s", Stream.of(allowed).collect(Collectors.joining(", "))))
        .as(name + " depends on nothing but what the map allows");
  }

  private static ArchRule onlyComputes(String name) {
    return noClasses()
        .that()
        .resideInAPackage("dev.labrys." + name)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
                // The name of a file opens none.
                .and(not(type(Path.class)))
                .or(type(ProcessBuilder.class))
                .or(type(Process.class))
                .or(fileOrStreamOfOne())
                .as("are processes, sockets or files"))
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class, String[].class)
        .as(name + " starts no process and opens no socket and no file");
  }

  private static DescribedPredicate<JavaClass> fileOrStreamOfOne() {
    return DescribedPredicate.describe(
        "are files",
        javaClass ->
            javaClass.getPackageName().equals("java.io")
                && (javaClass.getSimpleName().startsWith("File")
                    || javaClass.getSimpleName().equals("RandomAccessFile")));
  }

  private static ArchRule randomOnlyFromSeed() {
    return noClasses()
        .that()
        .resideInAPackage("dev.labrys..")
        .and()
        .resideOutsideOfPackage("..jmh_generated..")
        .and()
        .doNotHaveFullyQualifiedName("dev.labrys.history.Seed")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("makes random numbers", LayeringTest::makesRandomness))
        .as("randomness comes from a Seed");
  }

  private static boolean makesRandomness(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getName();
    return switch (owner) {
      case "java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom" ->
          member.equals("<init>");
      case "java.util.concurrent.ThreadLocalRandom", "java.util.random.RandomGeneratorFactory" ->
          true;
      case "java.util.random.RandomGenerator" -> member.equals("of") || member.equals("getDefault");
      case "java.lang.Math", "java.lang.StrictMath" -> member.equals("random");
      case "java.util.UUID" -> member.equals("randomUUID");
      case "java.util.Collections" ->
          member.equals("shuffle") && access.getTarget().getFullName().endsWith("(java.util.List)");
      default -> false;
    };
  }
}
