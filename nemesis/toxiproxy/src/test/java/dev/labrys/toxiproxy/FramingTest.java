package dev.labrys.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where streams are cut, however their bytes come.
final class FramingTest {
  private static final String REQUEST = "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nContent-LENGTH:  5\r\n\r\nhello";
  private static final String CHUNKED =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Transfer-Encoding: chunked",
          "",
          "5;x=y",
          "hello",
          "0a",
          "0123456789",
          "0",
          "Trailer: 1",
          "",
          "");
  private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";
  private static final String EMPTY_CHUNKS =
      "HTTP/1.1 404 \r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n";

  private static Framing framing(String name) {
    return Framings.named(name).orElseThrow();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A frame of our own protocol.
  static byte[] frame(int... payload) {
    byte[] bytes = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      bytes[i] = (byte) payload[i];
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return ByteBuffer.allocate(8 + bytes.length)
        .putInt(bytes.length)
        .putInt((int) crc.getValue())
        .put(bytes)
        .array();
  }

  static byte[] join(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] lengths(Framing framing) {
    LengthFraming length = (LengthFraming) framing;
    ByteBuffer all = ByteBuffer.allocate(1_000).order(length.order());
    for (int body : new int[] {0, 1, 77}) {
      switch (length.width()) {
        case 1 -> all.put((byte) body);
        case 2 -> all.putShort((short) body);
        case 4 -> all.putInt(body);
        default -> all.putLong(body);
      }
      all.position(all.position() + body + length.extra());
    }
    byte[] bytes = new byte[all.position()];
    all.get(0, bytes);
    return bytes;
  }

  /// What a stream is cut into if it comes in pieces of that size, as text.
  private static List<String> cut(Framing.Cutter cutter, byte[] stream, int first, int others) {
    List<String> cuts = new ArrayList<>();
    int start = 0;
    int there = Math.min(first, stream.length);
    while (start < stream.length) {
      if (there == start) {
        there = Math.min(there + others, stream.length);
      }
      Framing.Cut cut = cutter.next(ByteBuffer.wrap(stream, start, there - start).slice());
      switch (cut) {
        case Framing.Pending.MORE -> {
          if (there == stream.length) {
            cuts.add("more");
            return cuts;
          }
          there = Math.min(there + others, stream.length);
        }
        case Framing.Pending.NONSENSE -> {
          cuts.add("nonsense");
          return cuts;
        }
        case Framing.Plain(long length) -> {
          cuts.add("plain " + length);
          start += (int) length;
        }
        case Framing.Message(long length, String type, Framing.Role role) -> {
          cuts.add("%s %s %d".formatted(role, type, length));
          start += (int) length;
        }
      }
      there = Math.max(there, Math.min(start, stream.length));
    }
    return cuts;
  }

  private static void isCut(String framing, byte[] stream, String... cuts) {
    for (int first = 0; first <= stream.length; first++) {
      for (int others : new int[] {1, 7, stream.length}) {
        assertThat(cut(framing(framing).beginning(), stream, first, others))
            .as("%d bytes and then %d at a time", first, others)
            .containsExactly(cuts);
      }
    }
  }

  @Test
  void ourProtocolIsCutIntoFrames() {
    byte[] hello = frame(1, 'h', 'i');
    byte[] vote = frame(4, 1, 1, 9, 9, 9);
    byte[] accepted = frame(4, 1, 4, 7);
    byte[] later = frame(4, 1, 99);

    isCut(
        "labrys",
        join(hello, vote, frame(5), accepted, later, frame(6), new byte[9]),
        "plain 11",
        "REQUEST request-vote 14",
        "plain 9",
        "REPLY append-accepted 12",
        "UNKNOWN  11",
        "plain 9",
        "nonsense");
  }

  @Test
  void httpIsCutIntoRequestsAndResponses() {
    isCut(
        "http",
        latin(REQUEST + POST + REQUEST),
        "REQUEST GET 30",
        "REQUEST POST 44",
        "REQUEST GET 30");
    isCut(
        "http",
        latin(CHUNKED + NO_CONTENT + EMPTY_CHUNKS),
        "REPLY 200 " + CHUNKED.length(),
        "REPLY 204 " + NO_CONTENT.length(),
        "REPLY 404 " + EMPTY_CHUNKS.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\n\r\nxyz",
        "HTTP/1.1 200 OK\r\n\r\nuntil the end",
        "HTTP/2.0 200 OK\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1e9\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
        "\u0016\u0003\u0001"
      })
  void whatHasNoEndInHttpIsNotCut(String stream) {
    isCut("http", latin(stream), "nonsense");
  }

  @Test
  void linesAreCutAndKnowTheirType() {
    isCut(
        "lines",
        "{\"type\":\"a\"}\n\n{\"src\":[{\"type\":1}],\"body\":{\"n\":1,\"type\":\"b\"}}\r\nno json\n{\"ty"
            .getBytes(StandardCharsets.UTF_8),
        "UNKNOWN a 13",
        "UNKNOWN  1",
        "UNKNOWN b 48",
        "UNKNOWN  8",
        "more");
  }

  @ParameterizedTest
  @CsvSource({
    "length:1:big,1,2,78",
    "length:2:little,2,3,79",
    "length:4:big,4,5,81",
    "length:8:little,8,9,85",
    "length:4:big:8,12,13,89"
  })
  void lengthsAreCut(String name, String first, String second, String third) {
    isCut(
        name,
        lengths(framing(name)),
        "UNKNOWN  " + first,
        "UNKNOWN  " + second,
        "UNKNOWN  " + third);
  }

  @Test
  void aLengthCanCountItself() {
    isCut("length:2:big:-2", new byte[] {0, 3, 'x', 0, 2}, "UNKNOWN  3", "UNKNOWN  2");
    isCut("length:2:big:-2", new byte[] {0, 1}, "nonsense");
    isCut("length:8:big", new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}, "nonsense");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "labrys2", "length", "length:3:big", "length:4:mixed", "length:4:big:x"})
  void othersAreNotKnown(String name) {
    assertThat(Framings.named(name)).isEmpty();
  }

  @Test
  void whoJoinsOurProtocolFindsAFrameAndHoldsNothingBack() {
    byte[] stream =
        join(frame(4, 1, 3, 0, 0, 0, 0, 0, 0, 1), frame(4, 1, 1, 9), frame(5), frame(4, 1, 2, 9));
    byte[] after = join(frame(4, 1, 5), frame(4, 1, 6));
    for (int missed = 1; missed < 18; missed++) {
      byte[] rest =
          java.util.Arrays.copyOfRange(join(stream, after), missed, 18 + 12 + 9 + 12 + 22);
      for (int others : new int[] {1, 3, 50}) {
        List<String> cuts = cut(framing("labrys").joining().orElseThrow(), rest, 40, others);

        assertThat(cuts).as("without %d", missed).endsWith("REQUEST install-snapshot 11");
        assertThat(cuts).doesNotContain("more", "nonsense");
      }
    }
  }

  @Test
  void whoJoinsLinesBeginsWithTheNext() {
    byte[] stream = latin("est\n{\"type\":\"a\"}\n");
    for (int first = 1; first < stream.length; first++) {
      assertThat(cut(framing("lines").joining().orElseThrow(), stream, first, 1))
          .endsWith("UNKNOWN a 13")
          .filteredOn(cut -> !cut.startsWith("plain"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "length:4:big"})
  void nobodyJoinsWhatHasNoMarks(String name) {
    assertThat(framing(name).joining()).isEmpty();
  }
}
