package dev.labrys.system.etcd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/// The etcd of this machine.
final class InstalledEtcd {
  private InstalledEtcd() {}

  /// Its program; skips the test, saying why, where there is none.
  static String require() {
    String path = System.getenv().getOrDefault("PATH", "");
    String found =
        Arrays.stream(path.split(":", -1))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, "etcd"))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    Assumptions.assumeFalse(found.isEmpty(), "no etcd on the PATH: in Debian, etcd-server has it");
    return found;
  }
}
