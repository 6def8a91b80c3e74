package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is read from when there is more to read than a turn may take.
final class ReactorTest implements Connection.Owner {
  private static final int MOST = 1_000;

  private final List<Connection> heard = new ArrayList<>();
  private final List<Connection> gone = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Reactor reactor;
  private ServerSocketChannel entrance;
  private Selector arrivals;

  @BeforeEach
  void open() throws IOException {
    reactor = kept(new Reactor());
    arrivals = kept(Selector.open());
    entrance = kept(ServerSocketChannel.open());
    entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private <T extends AutoCloseable> T kept(T opened) {
    open.addFirst(opened);
    return opened;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void whoCanWaitIsReadFromInTheNextTurnIfThisOneTakesLong() throws IOException {
    Connection first = patient();
    Connection second = patient();
    Connection urgent = connected();

    reactor.turn(0);
    assertThat(heard).hasSize(2).contains(urgent).containsAnyOf(first, second);
    reactor.turn(Long.MAX_VALUE);

    assertThat(heard).containsExactlyInAnyOrder(first, second, urgent);
  }

  @Test
  void whoHasToWaitIsFirstInTheNextTurn() throws IOException {
    Connection first = patient();
    Connection second = patient();
    reactor.turn(0);
    Connection deferred = heard.contains(first) ? second : first;

    Connection newcomer = patient();
    reactor.turn(0);
    assertThat(heard).hasSize(2).endsWith(deferred);
    reactor.turn(0);

    assertThat(heard).hasSize(3).endsWith(newcomer);
  }

  @Test
  void whoIsClosedWhileItWaitsIsForgotten() throws IOException {
    Connection first = patient();
    Connection second = patient();
    reactor.turn(0);
    Connection deferred = heard.contains(first) ? second : first;

    deferred.close("the test says so");
    reactor.turn(0);
    reactor.turn(0);

    assertThat(heard).doesNotContain(deferred);
    assertThat(gone).containsExactly(deferred);
  }

  private Connection patient() throws IOException {
    Connection connection = connected();
    connection.holdBack(MOST);
    return connection;
  }

  /// A connection on which a frame has arrived.
  private Connection connected() throws IOException {
    Socket other = kept(new Socket());
    other.connect(entrance.getLocalAddress());
    SocketChannel channel = kept(entrance.accept());
    channel.configureBlocking(false);
    FrameWriter frame = new FrameWriter();
    frame.add(1, Bytes.EMPTY);
    SelectionKey arrival = channel.register(arrivals, SelectionKey.OP_READ);
    other.getOutputStream().write(frame.take());
    Await.until("it has arrived", () -> arrivals.selectNow() >= 0 && arrival.isReadable());
    return new Connection(reactor, channel, this, MOST);
  }

  /// Takes as long as a turn may read from those who can wait.
  @Override
  public void onFrame(Connection connection, int kind, WireReader body) {
    heard.add(connection);
    while (!reactor.isLate()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void onNonsense(Connection connection, String why) {
    throw new AssertionError(why);
  }

  @Override
  public void onClosed(Connection connection, String why) {
    gone.add(connection);
  }
}
