package dev.labrys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CorpusRunTest {
  private static final String GOOD =
      """
      {:process 0, :type :invoke, :f :write, :value 7, :time 1}
      {:process 0, :type :ok, :f :write, :value 7, :time 2}
      {:process 1, :type :invoke, :f :read, :value nil, :time 3}
      {:process 1, :type :ok, :f :read, :value 7, :time 4}
      """;
  private static final String BAD = GOOD.replace(":read, :value 7", ":read, :value 8");
  private static final String LOG =
      """
      INFO  jepsen.util - 0 :invoke :write 7
      INFO  jepsen.util - 0 :ok :write 7
      INFO  jepsen.util - 1 :invoke :read nil
      INFO  jepsen.util - 1 :ok :read 7
      """;
  private static final String COLUMNS = "file\tarchive\tmodel\texpected\n";

  @TempDir private Path folder;

  private record Ended(int exitCode, String out, String err) {}

  @Test
  void rightVerdictsAreSuccess() throws IOException {
    Files.writeString(folder.resolve("good.edn"), GOOD);
    Files.writeString(Files.createDirectory(folder.resolve("below")).resolve("bad.edn"), BAD);
    table("good.edn\t-\tregister\tvalid\nbad.edn\t-\tregister\tinvalid\n");

    Ended ended = corpus(folder.toString());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .containsPattern("good.edn +register +2 ops +valid +[0-9.]+ ms\n")
        .containsPattern("bad.edn +register +2 ops +invalid +[0-9.]+ ms\n")
        .contains("register: 2 histories, 0 wrong verdicts");
  }

  @Test
  void aWrongVerdictIsShownAndCounts() throws IOException {
    Files.writeString(folder.resolve("bad.edn"), BAD);
    table("bad.edn\t-\tregister\tvalid\n");

    Ended ended = corpus(folder.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).contains("WRONG, expected valid").contains("1 wrong verdicts");
  }

  @Test
  void archivesAreLookedInto() throws IOException {
    Files.write(folder.resolve("logs.tar.gz"), archive("logs/etcd_000.log", LOG));
    table("etcd_000.log\tlogs.tar.gz:logs/etcd_000.log\tetcd-cas-register\tvalid\n");

    Ended ended = corpus(folder.toString());

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("etcd-cas-register: 1 histories, 0 wrong verdicts");
  }

  @Test
  void proofsAreVerdictsToo() throws IOException {
    Files.writeString(folder.resolve("bad.edn"), BAD);
    table("bad.edn\t-\tregister\tinvalid\n");

    assertThat(corpus("--proof", folder.toString()).exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gone.edn ~-~register~valid   | gone.edn, which is neither below
          good.edn~-~regsiter~valid    | expected.tsv:2: there is no model "regsiter"
          good.edn~-~register~perhaps  | expected 'valid' or 'invalid', not 'perhaps'
          good.edn                     | expected.tsv:2: has no 'model'
          """)
  void aTableThatMakesNoSenseIsRefused(String row, String complaint) throws IOException {
    Files.writeString(folder.resolve("good.edn"), GOOD);
    table(row.replace(" ", "").replace('~', '\t') + "\n");

    Ended ended = corpus(folder.toString());

    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.err()).contains(complaint).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "--runs 0, --runs must be at least 1",
    "--timeout x, --timeout",
    "--threads -1, --threads must be at least 1",
    "--warmups -1, --warmups must not be negative",
    "--colour, --colour"
  })
  void anOptionThatMakesNoSenseIsRefused(String options, String complaint) throws IOException {
    Files.writeString(folder.resolve("good.edn"), GOOD);
    table("good.edn\t-\tregister\tvalid\n");
    String[] arguments = (folder + " " + options).split(" ", -1);

    Ended ended = run(arguments);

    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.err()).contains(complaint).doesNotContain("\tat ");
  }

  @Test
  void missingThingsAreNamed() {
    assertThat(corpus(folder.resolve("nowhere").toString()).err()).contains("no such folder");
    assertThat(corpus(folder.toString()).err()).contains("expected.tsv: there is no such file");
    assertThat(run().err()).contains("FOLDER");
  }

  private void table(String rows) throws IOException {
    Files.writeString(folder.resolve("expected.tsv"), COLUMNS + rows);
  }

  /// Of one file, as tar writes it.
  private static byte[] archive(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(content.length));
    header[156] = '0';
    put(header, 257, "ustar");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(header);
      out.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
      out.write(new byte[1024]);
    }
    return bytes.toByteArray();
  }

  private static void put(byte[] header, int start, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, start, bytes.length);
  }

  private static Ended corpus(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(new String[] {"--runs", "3", "--warmups", "0"}, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return run(all);
  }

  private static Ended run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "corpus";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Bench.run(new PrintWriter(out), new PrintWriter(err), all);
    return new Ended(exitCode, out.toString(), err.toString());
  }
}
