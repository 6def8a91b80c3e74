package dev.labrys.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class NodeEnvironmentTest {
  /// What shells set by themselves.
  private static final List<String> OF_THE_SHELL = List.of("PWD", "OLDPWD", "SHLVL", "_");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ETCD_NAME",
        "ETCD_HEARTBEAT_INTERVAL",
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "LD_PRELOAD",
        "GOMAXPROCS",
        "HTTP_PROXY"
      })
  void whatChangesProgramsIsNotPassedOn(String variable) {
    assertThat(NodeEnvironment.isUsual(variable)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_TIME"})
  void whereThingsAreIs(String variable) {
    assertThat(NodeEnvironment.isUsual(variable)).isTrue();
  }

  @Test
  void aNodeHasNothingElse() throws IOException {
    Sleeper talkative = new Sleeper("env >environment; echo READY; exec sleep 1000");
    try (ProcessCluster _ =
        ProcessCluster.start(
            ProcessOptions.of(folder.resolve("run"), 1, folder.resolve("registry")), talkative)) {
      assertThat(folder.resolve("run/n1/environment"))
          .content()
          .satisfies(text ->
              assertThat(text.lines())
                  .map(line -> line.split("=", 2)[0])
                  .contains("PATH")
                  .allMatch(name -> NodeEnvironment.isUsual(name) || OF_THE_SHELL.contains(name)));
    }
  }
}
