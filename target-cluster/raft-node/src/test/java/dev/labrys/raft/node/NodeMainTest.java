package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node as a process, but for the process.
final class NodeMainTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
  private static final Pattern HTTP = Pattern.compile("\"http\":\"([^\"]+)\"");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Node> open = new CompletableFuture<>();

  @Test
  void itSaysThatItServesAndEndsWhenItIsAsked() {
    CompletableFuture<Integer> exitCode = started("--data", folder.toString());
    String ready = Await.found("READY", () -> out().lines().findFirst());

    try (Http http = new Http()) {
      Matcher address = HTTP.matcher(ready);
      assertThat(address.find()).isTrue();
      HttpResponse<String> stopped =
          http.send("http://" + address.group(1) + "/admin/stop", "POST", "");
      assertThat(stopped.statusCode()).isEqualTo(202);
    }

    assertThat(Await.done(exitCode)).isZero();
    assertThat(out())
        .matches(
            "\\{\"event\":\"READY\",\"cluster\":\"demo\",\"node\":\"n1\",\"pid\":\\d+,"
                + "\"peer\":\"127.0.0.1:\\d+\",\"client\":\"127.0.0.1:\\d+\","
                + "\"http\":\"127.0.0.1:\\d+\"}\\R");
    assertThat(err()).contains("\"event\":\"start\"", "\"event\":\"stopped\"");
  }

  @Test
  void aPortThatIsTakenIsUnavailable() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String port : List.of("peer", "client", "http")) {
        err.reset();
        int code =
            run(
                "--data",
                folder.toString(),
                "--listen-" + port,
                "127.0.0.1:" + taken.getLocalPort());

        assertThat(code).isEqualTo(69);
        assertThat(err())
            .matches("raft-node: can't listen at 127.0.0.1:\\d+: .* --listen-" + port + ",.*\\R");
      }
    }
  }

  @Test
  void aFolderThatIsInUseIsUnavailable() {
    CompletableFuture<Integer> exitCode = started("--data", folder.toString());
    Node first = Await.done(open);

    assertThat(run("--data", folder.toString())).isEqualTo(69);

    assertThat(err()).contains("raft-node: ").contains("is in use by");
    first.askToStop("test");
    assertThat(Await.done(exitCode)).isZero();
  }

  @Test
  void aFolderOfAnotherClusterIsUnavailable() {
    CompletableFuture<Integer> exitCode = started("--data", folder.toString());
    Await.done(open).askToStop("test");
    Await.done(exitCode);
    err.reset();

    int code =
        new NodeMain(stream(out), stream(err), _ -> {})
            .run(List.of("--cluster=o", "--node=n1", "--members=n1", "--data=" + folder));

    assertThat(code).isEqualTo(69);
    assertThat(lastError()).startsWith("raft-node: ").contains("demo");
  }

  @Test
  void aFileInPlaceOfAFolderIsUnavailable() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(run("--data", file.toString())).isEqualTo(69);

    assertThat(lastError()).startsWith("raft-node: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--nod", "--members=n2", "x", "--config=none"})
  void wrongUsageIsSaidInOneLine(String wrong) {
    assertThat(run("--data", folder.toString(), wrong)).isEqualTo(64);

    assertThat(err().lines()).hasSize(1).first().asString().startsWith("raft-node: ");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();

    for (Setting each : Setting.values()) {
      assertThat(out()).contains("  --" + each.word() + " ");
    }
  }

  @Test
  void thePageAboutItNamesEveryOptionAndNoOther() throws IOException {
    String page = Files.readString(Path.of("..", "..", "docs", "guide", "node.md"));
    String table = page.substring(page.indexOf("| Option |"), page.indexOf("## READY"));

    assertThat(ROW.matcher(table).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(Stream.of(Setting.values()).map(Setting::word).toList());
  }

  private CompletableFuture<Integer> started(String... more) {
    return CompletableFuture.supplyAsync(
        () -> new NodeMain(stream(out), stream(err), open::complete).run(arguments(more)));
  }

  private int run(String... more) {
    return new NodeMain(stream(out), stream(err), _ -> {}).run(arguments(more));
  }

  private static List<String> arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--cluster", "demo", "--node", "n1", "--members"));
    boolean hasMembers = List.of(more).stream().anyMatch(each -> each.startsWith("--members="));
    if (hasMembers) {
      arguments.removeLast();
    } else {
      arguments.add("n1");
    }
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String lastError() {
    return err().lines().toList().getLast();
  }
}
