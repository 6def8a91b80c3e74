package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.WireReader;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients of the binary protocol may do that looks odd.
final class ClientPortTest {
  private static final ServerId N1 = new ServerId(1);
  private static final int REQUESTS = 1_500;
  private static final int BUDGET_MILLIS = 3_000;

  /// Whoever takes longer than two seconds over a frame is sent away.
  private static final NodeOptions.Limits LIMITS =
      new NodeOptions.Limits(1 << 16, 10_000, 100, 500_000_000L, 60_000_000_000L, 60_000_000_000L);

  @TempDir private Path folder;

  @Test
  void whoeverAsksForMuchAtOnceIsNotTakenForSlow() throws Exception {
    try (TestNodes nodes = new TestNodes(folder, LIMITS, "fsync=always")) {
      Node node = nodes.start(N1, Configuration.ofVoters(1));
      nodes.leader();
      node.troubleDisk(new TroubledFiles.Trouble(TroubledFiles.Kind.STALLED, 0));
      try (Socket socket = new Socket()) {
        socket.connect(node.ports().client().address().resolve());
        socket.getOutputStream().write(helloAndRequests());

        // Fewer may wait at a time, so the last ones wait for the deadline of the first.
        assertThat(answered(socket)).hasSize(REQUESTS);
      } finally {
        node.troubleDisk(TroubledFiles.Trouble.NONE);
      }
    }
  }

  private static byte[] helloAndRequests() {
    FrameWriter frames = new FrameWriter();
    frames.add(ClientFrame.HELLO, ClientFrame.hello(""));
    for (int number = 1; number <= REQUESTS; number++) {
      Ask ask = new Ask.Command(Bytes.of("whatever"));
      frames.add(
          ClientFrame.REQUEST, new ClientFrame.Request(number, ask, BUDGET_MILLIS).toBytes());
    }
    return frames.take();
  }

  /// The numbers of all requests that were answered before the connection ended.
  private static Set<Long> answered(Socket socket) throws Exception {
    Set<Long> answered = new TreeSet<>();
    FrameReader frames = new FrameReader(1 << 16);
    byte[] buffer = new byte[1 << 16];
    InputStream in = socket.getInputStream();
    while (answered.size() < REQUESTS) {
      int count = in.read(buffer);
      if (count < 0) {
        return answered;
      }
      frames.feed(ByteBuffer.wrap(buffer, 0, count));
      for (Optional<Bytes> next = frames.next(); next.isPresent(); next = frames.next()) {
        WireReader frame = new WireReader(next.get());
        if (frame.octet() == ClientFrame.REPLY) {
          answered.add(frame.number());
        }
      }
    }
    return answered;
  }
}
