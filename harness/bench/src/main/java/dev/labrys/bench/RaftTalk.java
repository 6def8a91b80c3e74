package dev.labrys.bench;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.SessionAnswer;
import dev.labrys.raft.store.SessionCommand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The binary protocol of our own node, as docs/guide/node.md has it.
///
/// Commands are sent outside of sessions, as those of other systems are.
final class RaftTalk implements Talk {
  private static final int HELLO = 1;
  private static final int WELCOME = 2;
  private static final int REQUEST = 4;
  private static final int REPLY = 5;
  private static final int COMMAND = 0;
  private static final int QUERY = 1;
  private static final int ANSWERED = 0;
  private static final int HEAD = 8;
  private static final int BUDGET_MILLIS = 10_000;

  private final CRC32C checksum = new CRC32C();
  private long number;
  private ByteBuffer found = ByteBuffer.allocate(0);

  @Override
  public void greet(ByteBuffer out) {
    frame(new WireWriter(32).octet(HELLO).text("labrys-client").number(1).text(""), out);
  }

  @Override
  public void put(byte[] key, byte[] value, ByteBuffer out) {
    String register = new String(key, StandardCharsets.US_ASCII);
    request(COMMAND, new Command.Put(register, new Datum.Text(Bytes.copyOf(value))).toBytes(), out);
  }

  @Override
  public void get(byte[] key, ByteBuffer out) {
    request(QUERY, new Query.Get(new String(key, StandardCharsets.US_ASCII)).toBytes(), out);
  }

  private void request(int kind, Bytes step, ByteBuffer out) {
    number++;
    frame(
        new WireWriter(32 + step.length())
            .octet(REQUEST)
            .number(number)
            .octet(kind)
            .number(BUDGET_MILLIS)
            .rest(new SessionCommand.Unprotected(step).toBytes()),
        out);
  }

  private void frame(WireWriter writer, ByteBuffer out) {
    byte[] payload = writer.toBytes().toArray();
    out.putInt(payload.length).putInt(checksum(payload)).put(payload);
  }

  private int checksum(byte[] payload) {
    checksum.reset();
    checksum.update(payload, 0, payload.length);
    return (int) checksum.getValue();
  }

  @Override
  public Heard take(ByteBuffer in, ByteBuffer out) throws IOException {
    if (in.remaining() < HEAD || in.remaining() - HEAD < in.getInt(in.position())) {
      return Heard.NOTHING;
    }
    byte[] payload = new byte[in.getInt()];
    int expected = in.getInt();
    in.get(payload);
    if (checksum(payload) != expected) {
      throw new IOException("a frame whose checksum is wrong");
    }
    try {
      return read(new WireReader(Bytes.copyOf(payload)));
    } catch (WireFormatException wrong) {
      throw new IOException("an answer that nobody understands: " + wrong.getMessage(), wrong);
    }
  }

  private Heard read(WireReader body) throws IOException, WireFormatException {
    int kind = body.octet();
    if (kind == WELCOME) {
      return Heard.WELCOME;
    }
    if (kind != REPLY || body.number() != number) {
      throw new IOException("a frame of kind %d that was not asked for".formatted(kind));
    }
    int outcome = body.octet();
    if (outcome != ANSWERED) {
      throw new IOException("the request was not executed: outcome %d".formatted(outcome));
    }
    if (!(SessionAnswer.of(body.rest()) instanceof SessionAnswer.Executed(Bytes answer))) {
      throw new IOException("the request was not executed");
    }
    switch (Answer.of(answer)) {
      case Answer.Done _ -> {}
      case Answer.Found(Datum.Text(Bytes value)) -> found = ByteBuffer.wrap(value.toArray());
      case Answer other -> throw new IOException("an unexpected answer: " + other);
    }
    return Heard.ANSWER;
  }

  @Override
  public ByteBuffer found() {
    return found;
  }
}
