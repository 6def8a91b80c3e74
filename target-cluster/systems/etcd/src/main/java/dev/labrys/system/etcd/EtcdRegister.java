package dev.labrys.system.etcd;

import dev.labrys.cluster.Reply;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Registers that are keys of etcd: written by a put, read by a range, compared by a transaction.
record EtcdRegister(Gateway gateway, Reads reads) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}");

  /// Before a text, which may look like a number.
  private static final char QUOTE = '\'';

  Reply invoke(StoreCall call, long deadline) {
    return switch (call.step()) {
      case Query.Get(String name) -> read(call, name, deadline);
      case Command.Put(String name, Datum value) -> {
        Gateway.Answer answer = gateway.ask("/v3/kv/put", put(name, value), deadline);
        yield answer instanceof Gateway.Answer.Given
            ? reply(call, new Answer.Done())
            : Gateway.undone(answer);
      }
      case Command.CompareAndSet swap -> {
        Gateway.Answer answer = gateway.ask("/v3/kv/txn", transaction(swap), deadline);
        yield answer instanceof Gateway.Answer.Given(EtcdJson json)
            ? reply(call, new Answer.Truth(json.isTrue("/succeeded")))
            : Gateway.undone(answer);
      }
      default -> throw new UnsupportedOperationException("no key of etcd can " + call.function());
    };
  }

  private Reply read(StoreCall call, String name, long deadline) {
    Gateway.Answer answer = gateway.ask("/v3/kv/range", reads.range(name), deadline);
    if (!(answer instanceof Gateway.Answer.Given(EtcdJson json))) {
      return Gateway.unread(answer);
    }
    Datum value = json.bytes("/kvs/0/value").map(EtcdRegister::datum).orElse(Datum.nothing());
    return reply(call, new Answer.Found(value));
  }

  private static Reply reply(StoreCall call, Answer answer) {
    return new Reply(call.outcome().apply(answer), "");
  }

  private static String put(String name, Datum value) {
    return "{\"key\":%s,\"value\":%s}".formatted(EtcdJson.quoted(name), quoted(value));
  }

  private static String transaction(Command.CompareAndSet swap) {
    String condition =
        swap.expected().isNothing()
            ? "\"target\":\"VERSION\",\"version\":\"0\""
            : "\"target\":\"VALUE\",\"value\":" + quoted(swap.expected());
    return "{\"compare\":[{\"key\":%s,\"result\":\"EQUAL\",%s}],\"success\":[{\"request_put\":%s}]}"
        .formatted(
            EtcdJson.quoted(swap.register()), condition, put(swap.register(), swap.replacement()));
  }

  private static String quoted(Datum value) {
    return switch (value) {
      case Datum.Whole(long number) -> EtcdJson.quoted(Long.toString(number));
      case Datum.Text text -> EtcdJson.quoted(QUOTE + text.text());
      case Datum.Nothing _ ->
          throw new UnsupportedOperationException("a key of etcd can't hold nothing");
    };
  }

  private static Datum datum(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    if (NUMBER.matcher(text).matches()) {
      return Datum.of(Long.parseLong(text));
    }
    if (!text.isEmpty() && text.charAt(0) == QUOTE) {
      return new Datum.Text(Bytes.of(text.substring(1)));
    }
    throw new IllegalStateException("somebody else has written to this etcd: " + text);
  }
}
