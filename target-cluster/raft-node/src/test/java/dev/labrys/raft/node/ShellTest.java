package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.Input;
import dev.labrys.raft.Raft;
import dev.labrys.raft.RaftOptions;
import dev.labrys.raft.Replica;
import dev.labrys.raft.RequestId;
import dev.labrys.raft.Rules;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a server is woken.
final class ShellTest {
  private static final ServerId SELF = new ServerId(1);
  private static final Configuration THREE = Configuration.ofVoters(3);

  @TempDir private Path folder;

  @Test
  void whatIsAskedLateInATurnDoesNotWaitForTheTimer() throws Exception {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    RaftOptions options = RaftOptions.parse(List.of("election-min=30m", "election-max=60m"));
    try (Storage storage =
            Storage.open(
                folder,
                new Identity("test", SELF),
                THREE,
                RaftOptions.Fsync.NEVER,
                new FileLayerOnDisk());
        Performer performer = new Performer("disk", storage, new Store(), _ -> {}, _ -> {});
        NodeLog log = new NodeLog(nowhere, "n1")) {
      performer.start();
      Replica raft = Raft.open(SELF, options, Rules.RAFT, storage.stored(), new Dice(1));
      Shell shell = new Shell(raft, performer, (_, _) -> {}, log);
      shell.tell(new Input.Started());
      shell.submit();
      assertThat(isDue(shell)).isFalse();

      shell.ask(new Input.Proposed(new RequestId(1), Bytes.of("x")));

      assertThat(isDue(shell)).isTrue();
    }
  }

  @Test
  void aTimerThatIsLateIsWrittenDown() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (Storage storage =
            Storage.open(
                folder,
                new Identity("test", SELF),
                THREE,
                RaftOptions.Fsync.NEVER,
                new FileLayerOnDisk());
        Performer performer = new Performer("disk", storage, new Store(), _ -> {}, _ -> {})) {
      performer.start();
      try (NodeLog log =
          new NodeLog(new PrintStream(written, false, StandardCharsets.UTF_8), "n1").start()) {
        Replica raft =
            Raft.open(SELF, RaftOptions.DEFAULTS, Rules.RAFT, storage.stored(), new Dice(1));
        Shell shell = new Shell(raft, performer, (_, _) -> {}, log);
        shell.tell(new Input.Started());
        shell.submit();
        long due = shell.wakeNanos();

        shell.onTime(due + 1_000_000);
        shell.onTime(due + 1_400_000_000);
      }
    }

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("\"event\":\"late-timer\",\"late-micros\":1400000");
  }

  private static boolean isDue(Shell shell) {
    return shell.wakeNanos() - System.nanoTime() <= 0;
  }
}
