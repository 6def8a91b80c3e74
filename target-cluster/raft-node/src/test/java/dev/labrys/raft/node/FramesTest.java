package dev.labrys.raft.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labrys.history.Seed;
import dev.labrys.raft.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames as they are written and read.
final class FramesTest {
  private static final int MOST = 5_000;

  @Test
  void framesComeOutAsTheyWentInHoweverTheyAreCut() throws Exception {
    for (int seed = 1; seed <= 200; seed++) {
      RandomGenerator random = new Seed(seed).stream("frames");
      List<Bytes> bodies = bodies(random);

      List<Bytes> read = cutAndRead(written(bodies, random), random);

      assertThat(read).as("seed %d", seed).isEqualTo(bodies);
    }
  }

  private static List<Bytes> bodies(RandomGenerator random) {
    List<Bytes> bodies = new ArrayList<>();
    for (int i = random.nextInt(30); i >= 0; i--) {
      byte[] body = new byte[random.nextInt(5) == 0 ? random.nextInt(MOST - 1) : random.nextInt(9)];
      random.nextBytes(body);
      bodies.add(Bytes.copyOf(body));
    }
    return bodies;
  }

  /// Writes frames of kind 7 to a channel that takes only a few bytes at a time.
  private static byte[] written(List<Bytes> bodies, RandomGenerator random) throws IOException {
    FrameWriter writer = new FrameWriter();
    SlowChannel channel = new SlowChannel(random);
    ByteBuffer scratch = ByteBuffer.allocate(64);
    for (Bytes body : bodies) {
      writer.add(7, body);
      if (random.nextInt(3) == 0) {
        writer.writeTo(channel, scratch);
      }
    }
    while (writer.waiting() > 0) {
      writer.writeTo(channel, scratch);
    }
    return channel.taken.toByteArray();
  }

  private static final class SlowChannel implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final RandomGenerator random;

    SlowChannel(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public int write(ByteBuffer source) {
      int count = random.nextInt(source.remaining() + 1);
      for (int i = 0; i < count; i++) {
        taken.write(source.get());
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static List<Bytes> cutAndRead(byte[] all, RandomGenerator random) throws FrameException {
    FrameReader reader = new FrameReader(MOST);
    List<Bytes> read = new ArrayList<>();
    int position = 0;
    while (position < all.length) {
      int length = Math.min(all.length - position, 1 + random.nextInt(400));
      reader.feed(ByteBuffer.wrap(all, position, length));
      position += length;
      if (random.nextInt(4) == 0) {
        reader.trim();
      }
      if (random.nextInt(2) == 0 || position == all.length) {
        for (Optional<Bytes> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
          assertThat(frame.get().at(0)).isEqualTo((byte) 7);
          read.add(frame.get().slice(1, frame.get().length()));
        }
      }
    }
    assertThat(reader.waiting()).isZero();
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, MOST + 1, Integer.MAX_VALUE})
  void aLengthOutOfBoundsIsRefusedBeforeAnythingElseComes(int length) {
    FrameReader reader = new FrameReader(MOST);
    reader.feed(ByteBuffer.allocate(8).putInt(length).putInt(0).flip());

    assertThatThrownBy(reader::next)
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("1 to 5000 are accepted");
  }

  @Test
  void everyFlippedBitIsNoticed() {
    FrameWriter writer = new FrameWriter();
    writer.add(4, Bytes.of("some payload"));
    byte[] frame = writer.take();

    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(isAccepted(flipped)).as("bit %d", bit).isFalse();
    }
  }

  private static boolean isAccepted(byte[] frame) {
    FrameReader reader = new FrameReader(MOST);
    reader.feed(ByteBuffer.wrap(frame));
    try {
      return reader.next().isPresent();
    } catch (FrameException _) {
      return false;
    }
  }
}
