package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options as they are written.
final class OptionsReaderTest {
  private static final List<String> LEAST =
      List.of("--cluster", "demo", "--node", "n1", "--data", "d", "--members", "n1,n2");

  @Test
  void littleIsEnough() throws UsageException {
    NodeOptions options = read(LEAST);

    assertThat(options.identity()).isEqualTo(new Identity("demo", new ServerId(1)));
    assertThat(options.initial()).isEqualTo(Configuration.ofVoters(2));
    assertThat(options.listen()).isEqualTo(NodeOptions.Listen.LOOPBACK);
    assertThat(options.limits()).isEqualTo(NodeOptions.Limits.DEFAULTS);
    assertThat(options.admin()).isEqualTo(NodeOptions.Admin.LOOPBACK);
  }

  @Test
  void everyOptionIsTaken() throws UsageException {
    NodeOptions options =
        read(
            List.of(
                "--cluster=demo",
                "--node=3",
                "--data=d",
                "--join",
                "--peers=n1=a:1,n2=[::1]:2",
                "--peers=n4=d:4",
                "--listen-peer=127.0.0.1:5",
                "--listen-client=h:6",
                "--listen-http=h:7",
                "--advertise-client=c:8",
                "--advertise-http=c:9",
                "--raft-option=heartbeat=20ms",
                "--raft-option=fsync=never",
                "--admin=none",
                "--max-command=2k",
                "--max-requests=12",
                "--max-clients=13",
                "--handshake-timeout=14ms",
                "--idle-timeout=15s",
                "--request-timeout=16m",
                "--end-with-stdin"));

    assertThat(options.initial()).isEqualTo(Configuration.NONE);
    assertThat(options.peers())
        .containsOnlyKeys(new ServerId(1), new ServerId(2), new ServerId(4))
        .containsEntry(new ServerId(2), new HostPort("::1", 2));
    assertThat(options.listen())
        .isEqualTo(
            new NodeOptions.Listen(
                new HostPort("127.0.0.1", 5),
                new HostPort("h", 6),
                new HostPort("h", 7),
                Optional.of(new HostPort("c", 8)),
                Optional.of(new HostPort("c", 9))));
    assertThat(options.raft().text()).contains("heartbeat=20ms", "fsync=never");
    assertThat(options.admin()).isEqualTo(NodeOptions.Admin.NONE);
    assertThat(options.limits())
        .isEqualTo(
            new NodeOptions.Limits(2_048, 12, 13, 14_000_000L, 15_000_000_000L, 960_000_000_000L));
  }

  @Test
  void theCommandLineHasTheLastWord(@TempDir Path folder) throws UsageException, IOException {
    Path file =
        Files.writeString(
            folder.resolve("n1.conf"),
            """
            # a comment
            cluster = demo
              node=n1

            data = some folder
            members = n1
            max-clients = 7
            raft-option = heartbeat=20ms
            raft-option = election-min = 200ms
            """);

    NodeOptions options =
        read(
            List.of(
                "--config", file.toString(), "--max-clients", "8", "--raft-option=heartbeat=30ms"));

    assertThat(options.data()).isEqualTo(Path.of("some folder"));
    assertThat(options.limits().clients()).isEqualTo(8);
    assertThat(options.raft().text()).contains("heartbeat=30ms", "election-min=200ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --nod=n2                   | there is no option 'nod'
          --node=n2                  | 'node' is given twice
          n2                         | 'n2' is not expected here
          --peers                    | --peers needs a value
          --peers=n1=a:1             | n1 is this node, and no peer of its own
          --peers=n2=a:1,n2=b:1      | n2 is named twice
          --peers=n2                 | 'n2' must be written n2=host:port
          --peers=n2=a               | 'a' is no address
          --peers=n2=a:0             | nobody can connect to port 0
          --peers=n2=a:70000         | a port is between 0 and 65535, not 70000
          --peers=x=a:1              | 'x' is no node
          --listen-http=::1:5        | '::1:5' is no address
          --admin=all                | --admin is loopback, any or none
          --max-clients=0            | --max-clients is a number from 1
          --max-command=1g           | --max-command is a number from 1
          --idle-timeout=0s          | --idle-timeout is a time
          --idle-timeout=10          | --idle-timeout is a time
          --join                     | a node either has members or joins
          --join=yes                 | join is true or false
          --raft-option=heartbeat    | --raft-option: 'heartbeat' must be written key=value
          --raft-option=reads=often  | --raft-option: reads
          --config=there/is/none     | there is no file
          """)
  void whatIsWrongIsSaidInOneLine(String argument, String complaint) {
    List<String> arguments = new ArrayList<>(LEAST);
    arguments.add(argument);

    assertThatThrownBy(() -> read(arguments))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aMemberIsNamedOnce() {
    List<String> arguments = new ArrayList<>(LEAST);
    arguments.set(arguments.size() - 1, "n1,n1");

    assertThatThrownBy(() -> read(arguments))
        .isInstanceOf(UsageException.class)
        .hasMessage("n1 is named twice");
  }

  @Test
  void aFileIsWrongByLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.conf"), "cluster = demo\n\nclutser = x\n");

    assertThatThrownBy(() -> read(List.of("--config=" + file)))
        .hasMessage("%s line 3: there is no option 'clutser'", file);
  }

  @ParameterizedTest
  @CsvSource({"0, --cluster NAME is missing", "2, --node ID is missing", "4, --data FOLDER is"})
  void whatIsMissingIsSaid(int given, String complaint) {
    assertThatThrownBy(() -> read(LEAST.subList(0, given)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(complaint);
  }

  private static NodeOptions read(List<String> arguments) throws UsageException {
    return OptionsReader.read(SettingsText.read(arguments));
  }
}
