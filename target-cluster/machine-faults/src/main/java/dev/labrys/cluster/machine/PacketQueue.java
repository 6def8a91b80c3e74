package dev.labrys.cluster.machine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A queue of the kernel in which packets wait until they are let pass.
///
/// The kernel drops what waits there when it is closed, also by the end of the JVM.
final class PacketQueue implements PacketGate {
  /// Whoever sends waits for acknowledgements, so that connections alone don't have so many under
  /// way; all that wait are in the kernel's memory.
  private static final int MOST_PACKETS = 1 << 16;

  private static final int FIRST_NUMBER = 20_000;
  private static final int NUMBERS = 32;
  private static final int BUFFER = 64 << 20;
  private static final int MOST_BYTES = 8192;

  /// A line for each queue, whose first word is its number.
  private static final String QUEUES = "/proc/net/netfilter/nfnetlink_queue";

  private static final Pattern BLANKS = Pattern.compile(" +");

  /// The word that counts packets which found it full.
  private static final int FULL = 5;

  /// The word that counts packets of which its owner could not be told.
  private static final int UNTOLD = 6;

  private static final int NETLINK = 16;
  private static final int NETFILTER = 12;
  private static final int RAW_CLOSED_ON_EXEC = 3 | 0x80000;
  private static final int OF_SOCKET = 1;
  private static final int BUFFER_BY_FORCE = 33;
  private static final int AT_ONCE = 0x40;
  private static final short READABLE = 1;

  private static final int NOT_PERMITTED = 1;
  private static final int INTERRUPTED = 4;
  private static final int NOTHING_NOW = 11;
  private static final int BUSY = 16;
  private static final int OVERRUN = 105;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final CFunction SOCKET = CFunction.of("socket", INT, INT, INT, INT);
  private static final CFunction BIND = CFunction.of("bind", INT, INT, ValueLayout.ADDRESS, INT);
  private static final CFunction SET_OPTION =
      CFunction.of("setsockopt", INT, INT, INT, INT, ValueLayout.ADDRESS, INT);
  private static final CFunction SEND =
      CFunction.of("send", LONG, INT, ValueLayout.ADDRESS, LONG, INT);
  private static final CFunction RECEIVE =
      CFunction.of("recv", LONG, INT, ValueLayout.ADDRESS, LONG, INT);
  private static final CFunction POLL = CFunction.of("poll", INT, ValueLayout.ADDRESS, LONG, INT);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(MOST_BYTES);
  private final MemorySegment polled = arena.allocate(8, 4);
  private final OpenFile socket;
  private int number;

  private PacketQueue(OpenFile socket) {
    this.socket = socket;
    polled.set(INT, 0, socket.descriptor());
    polled.set(ValueLayout.JAVA_SHORT, 4, READABLE);
  }

  /// A queue in that namespace that nobody else has.
  static PacketQueue open(NetworkSpace space) throws IOException {
    return open(space, MOST_PACKETS);
  }

  /// @param packets how many may wait; what comes beyond them is lost
  static PacketQueue open(NetworkSpace space, int packets) throws IOException {
    PacketQueue made = new PacketQueue(space.make(PacketQueue::socket));
    try {
      made.bind(packets);
      return made;
    } catch (IOException | RuntimeException failed) {
      made.close();
      throw failed;
    }
  }

  /// How many packets the queue of that number has lost, as too many waited or nobody took them
  /// soon enough; 0 if there is no such queue.
  static long lost(NetworkSpace space, int number) throws IOException {
    return Tool.run(space.enter(List.of("cat", QUEUES)), "")
        .lines()
        .map(line -> BLANKS.split(line.strip()))
        .filter(words -> words[0].equals("" + number))
        .mapToLong(words -> Long.parseLong(words[FULL]) + Long.parseLong(words[UNTOLD]))
        .sum();
  }

  private static OpenFile socket() throws IOException {
    return new OpenFile(
        (int) SOCKET.call("speak to netfilter", NETLINK, RAW_CLOSED_ON_EXEC, NETFILTER));
  }

  private void bind(int packets) throws IOException {
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment own = brief.allocate(12, 4);
      own.set(ValueLayout.JAVA_SHORT, 0, (short) NETLINK);
      BIND.call("speak to netfilter", socket.descriptor(), own, 12);
      SET_OPTION.call(
          "take many packets",
          socket.descriptor(),
          OF_SOCKET,
          BUFFER_BY_FORCE,
          brief.allocateFrom(INT, BUFFER),
          (int) INT.byteSize());
    }
    number = takeNumber();
    ask("tell headers", QueueProtocol.tellHeaders(number));
    ask("hold so many packets", QueueProtocol.limit(number, packets));
    ask("leave packets whole", QueueProtocol.leaveWhole(number));
  }

  private int takeNumber() throws IOException {
    for (int each = FIRST_NUMBER; each < FIRST_NUMBER + NUMBERS; each++) {
      int error = result(each, QueueProtocol.bind(each));
      if (error == 0) {
        return each;
      }
      if (error != BUSY && error != NOT_PERMITTED) {
        throw new IOException("can't have a packet queue: error %d of the system".formatted(error));
      }
    }
    throw new IOException(
        "no packet queue may be had: the kernel refuses those from %d to %d"
            .formatted(FIRST_NUMBER, FIRST_NUMBER + NUMBERS - 1));
  }

  private void ask(String what, ByteBuffer request) throws IOException {
    int error = result(number, request);
    if (error != 0) {
      throw new IOException(
          "a packet queue does not %s: error %d of the system".formatted(what, error));
    }
  }

  /// Rules that a killed run left behind may send packets here already.
  private int result(int queue, ByteBuffer request) throws IOException {
    send(request);
    while (true) {
      long length =
          RECEIVE.call("hear netfilter", socket.descriptor(), memory, memory.byteSize(), 0);
      switch (QueueProtocol.read(view(length))) {
        case QueueProtocol.Message.Result(int error) -> {
          return error;
        }
        case QueueProtocol.Message.Handed(Waiting packet) ->
            send(QueueProtocol.accept(queue, packet.id()));
        case QueueProtocol.Message.Other _ -> throw new IOException("netfilter answers strangely");
      }
    }
  }

  private void send(ByteBuffer request) throws IOException {
    MemorySegment source = MemorySegment.ofBuffer(request);
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment copy = brief.allocate(source.byteSize(), 4).copyFrom(source);
      SEND.call("speak to netfilter", socket.descriptor(), copy, copy.byteSize(), 0);
    }
  }

  private ByteBuffer view(long length) {
    return memory.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void await(int millis) throws IOException {
    long result = POLL.attempt(polled, 1L, millis);
    if (result < 0 && result != -INTERRUPTED) {
      throw new IOException("can't wait for packets: error %d of the system".formatted(-result));
    }
  }

  @Override
  public Optional<Waiting> take() throws IOException {
    while (true) {
      long length = RECEIVE.attempt(socket.descriptor(), memory, memory.byteSize(), AT_ONCE);
      if (length == -NOTHING_NOW) {
        return Optional.empty();
      }
      // After an overrun, the kernel has dropped what it could not tell of.
      if (length < 0 && length != -OVERRUN && length != -INTERRUPTED) {
        throw new IOException("can't take packets: error %d of the system".formatted(-length));
      }
      if (length > 0
          && QueueProtocol.read(view(length))
              instanceof QueueProtocol.Message.Handed(Waiting packet)) {
        return Optional.of(packet);
      }
    }
  }

  @Override
  public void accept(Waiting packet) throws IOException {
    send(QueueProtocol.accept(number, packet.id()));
  }

  @Override
  public void close() throws IOException {
    arena.close();
    socket.close();
  }
}
