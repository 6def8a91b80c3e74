package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.cluster.NodeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How control groups are found and spoken to, on folders of plain files: a machine has one version
/// of them or the other.
final class ControlGroupTest {
  private static final long MEBI = 1 << 20;

  @TempDir private Path root;
  private Path folder;

  @BeforeEach
  void create() throws IOException {
    folder = Files.createDirectory(root.resolve("labrys_x.n1"));
  }

  private ControlGroup group(Controller.Version version) {
    return new ControlGroup(
        new Controller(Controller.Kind.CPU, version, root),
        new Controller(Controller.Kind.MEMORY, version, root),
        "labrys_x.n1");
  }

  private void there(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private String written(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void theFirstVersionIsSpokenTo() throws IOException {
    there("memory.usage_in_bytes", "50000000\n");
    there("memory.stat", "inactive_file 1\ntotal_inactive_file 8000000\n");
    there("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
    there("memory.memsw.limit_in_bytes", "");
    ControlGroup group = group(Controller.Version.FIRST);

    group.limitCpu(50_000);
    group.limitMemory(64 * MEBI);

    assertThat(written("cpu.cfs_period_us")).isEqualTo("100000");
    assertThat(written("cpu.cfs_quota_us")).isEqualTo("5000");
    assertThat(written("memory.limit_in_bytes")).isEqualTo("67108864");
    assertThat(written("memory.memsw.limit_in_bytes")).isEqualTo("67108864");
    assertThat(group.memoryInUse()).isEqualTo(42_000_000);
    assertThat(group.memoryKills()).isEqualTo(3);
    group.limitCpu(NodeLimits.UNLIMITED);
    group.limitMemory(NodeLimits.UNLIMITED);
    assertThat(written("cpu.cfs_quota_us")).isEqualTo("-1");
    assertThat(written("memory.limit_in_bytes")).isEqualTo("-1");
    assertThat(written("memory.memsw.limit_in_bytes")).isEqualTo("-1");
  }

  @Test
  void theSecondVersionIsSpokenTo() throws IOException {
    there("memory.current", "50000000\n");
    there("memory.stat", "anon 2\ninactive_file 8000000\n");
    there("memory.events", "low 0\nhigh 0\nmax 9\noom 4\noom_kill 2\noom_group_kill 0\n");
    there("memory.swap.max", "");
    ControlGroup group = group(Controller.Version.SECOND);

    group.limitCpu(200_000);
    group.limitMemory(64 * MEBI);

    assertThat(written("cpu.max")).isEqualTo("20000 100000");
    assertThat(written("memory.max")).isEqualTo("67108864");
    assertThat(written("memory.swap.max")).isEqualTo("0");
    assertThat(group.memoryInUse()).isEqualTo(42_000_000);
    assertThat(group.memoryKills()).isEqualTo(2);
    group.limitCpu(NodeLimits.UNLIMITED);
    group.limitMemory(NodeLimits.UNLIMITED);
    assertThat(written("cpu.max")).isEqualTo("max 100000");
    assertThat(written("memory.max")).isEqualTo("max");
    assertThat(written("memory.swap.max")).isEqualTo("max");
  }

  @Test
  void whicheverVersionHasAControllerIsFound() throws IOException {
    String second = "cgroup2 %s cgroup2 rw,relatime 0 0".formatted(root);
    List<String> first = List.of(second, "cgroup /x/cpu cgroup rw,relatime,cpu,cpuacct 0 0");
    Files.writeString(root.resolve("cgroup.controllers"), "hugetlb\n");

    assertThat(Controller.find(Controller.Kind.CPU, first))
        .isEqualTo(
            new Controller(Controller.Kind.CPU, Controller.Version.FIRST, Path.of("/x/cpu")));
    assertThatThrownBy(() -> Controller.find(Controller.Kind.MEMORY, first))
        .hasMessage("no control groups with the controller memory are mounted");

    Files.writeString(root.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
    Files.writeString(root.resolve("cgroup.subtree_control"), "memory pids\n");
    assertThat(Controller.find(Controller.Kind.MEMORY, List.of(second)))
        .isEqualTo(new Controller(Controller.Kind.MEMORY, Controller.Version.SECOND, root));
    assertThatThrownBy(() -> Controller.find(Controller.Kind.CPU, List.of(second)))
        .hasMessageContaining("let root write +cpu into " + root);
  }
}
