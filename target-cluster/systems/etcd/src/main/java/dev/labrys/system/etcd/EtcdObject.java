package dev.labrys.system.etcd;

import dev.labrys.cluster.Reply;
import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Query;
import dev.labrys.raft.store.Store;

/// Objects of any kind, each a small [Store] in the value of one key. To change one, it is read,
/// changed here, and put back by a transaction that does so only if nobody has changed it since;
/// otherwise, all of that is done again.
record EtcdObject(Gateway gateway, Reads reads) {

  Reply invoke(String key, StoreCall call, long deadline) {
    while (true) {
      Gateway.Answer read = gateway.ask("/v3/kv/range", reads.range(key), deadline);
      if (!(read instanceof Gateway.Answer.Given(EtcdJson json))) {
        return Gateway.unread(read);
      }
      Store object = store(json);
      Answer answer = ask(object, call);
      if (call.step() instanceof Query || answer instanceof Answer.Refused) {
        return new Reply(call.outcome().apply(answer), "");
      }
      Gateway.Answer written =
          gateway.ask("/v3/kv/txn", transaction(key, json, object.snapshot()), deadline);
      if (!(written instanceof Gateway.Answer.Given(EtcdJson done))) {
        return Gateway.undone(written);
      }
      if (done.isTrue("/succeeded")) {
        return new Reply(call.outcome().apply(answer), "");
      }
    }
  }

  private static Store store(EtcdJson json) {
    Store store = new Store();
    json.bytes("/kvs/0/value").map(Bytes::copyOf).ifPresent(store::restore);
    return store;
  }

  private static Answer ask(Store object, StoreCall call) {
    Bytes step = call.step().toBytes();
    Bytes answer = call.step() instanceof Command ? object.apply(1, step) : object.query(step);
    try {
      return Answer.of(answer);
    } catch (WireFormatException impossible) {
      throw new IllegalStateException("the store answers what it can't read", impossible);
    }
  }

  /// A key that is not there was changed last at 0.
  private static String transaction(String key, EtcdJson seen, Bytes state) {
    String name = EtcdJson.quoted(key);
    return ("{\"compare\":[{\"key\":%s,\"result\":\"EQUAL\",\"target\":\"MOD\","
            + "\"mod_revision\":\"%d\"}],"
            + "\"success\":[{\"request_put\":{\"key\":%s,\"value\":%s}}]}")
        .formatted(
            name, seen.number("/kvs/0/mod_revision"), name, EtcdJson.quoted(state.toArray()));
  }
}
