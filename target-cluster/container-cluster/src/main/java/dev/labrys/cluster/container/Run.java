package dev.labrys.cluster.container;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.testcontainers.DockerClientFactory;

/// One cluster at an engine: what all that it makes there is called and labelled.
///
/// @param id short, and unlike all others
record Run(String id, Runner runner) {

  /// The label with the id of the run.
  static final String LABEL = "dev.labrys.run";

  private static final String NODE = "dev.labrys.node";

  /// With a prefix it has to fit into the 15 letters of an interface's name.
  private static final int ID_BYTES = 5;

  private static final AtomicLong COUNT = new AtomicLong();

  /// A new one, of this JVM.
  static Run begin() {
    Runner runner = Runner.self();
    String unique = "%s/%d/%d".formatted(runner, COUNT.incrementAndGet(), System.nanoTime());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(unique.getBytes(StandardCharsets.UTF_8));
      return new Run(HexFormat.of().formatHex(digest, 0, ID_BYTES), runner);
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }

  /// What something of the run is called.
  String name(String suffix) {
    return "labrys-%s-%s".formatted(id, suffix);
  }

  /// The labels of all that the run makes. Testcontainers' own are among them, so that its cleaner
  /// takes care as well where it runs.
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(runner.labels());
    labels.put(LABEL, id);
    labels.putAll(DockerClientFactory.DEFAULT_LABELS);
    labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
    return labels;
  }

  /// The labels of something that belongs to a node.
  Map<String, String> labels(String node) {
    Map<String, String> labels = new TreeMap<>(labels());
    labels.put(NODE, node);
    return labels;
  }
}
