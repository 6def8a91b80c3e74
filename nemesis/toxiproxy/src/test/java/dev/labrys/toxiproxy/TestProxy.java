package dev.labrys.toxiproxy;

import com.google.gson.JsonObject;
import dev.labrys.toxiproxy.TestBed.Reply;

/// A proxy that a test made.
final class TestProxy implements TestBed.Made {
  private final TestBed bed;
  private final String name;
  private int port;

  TestProxy(TestBed bed, String name) {
    this.bed = bed;
    this.name = name;
    readPort();
  }

  String name() {
    return name;
  }

  String path() {
    return "/proxies/" + name;
  }

  /// Where it listens, or listened last.
  int port() {
    return port;
  }

  String listen() {
    return "127.0.0.1:" + port;
  }

  JsonObject show() {
    return bed.get(path()).object();
  }

  /// Changes it. The body has single quotes for double ones.
  Reply update(String body) {
    Reply reply = bed.patch(path(), body.replace('\'', '"'));
    readPort();
    return reply;
  }

  private void readPort() {
    String listen = show().get("listen").getAsString();
    port = Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
  }

  void disable() {
    expect(update("{'enabled':false}"), 200);
  }

  void enable() {
    expect(update("{'enabled':true}"), 200);
  }

  /// Asks for a toxic. The attributes have single quotes for double ones.
  Reply ask(String type, String stream, String attributes) {
    return bed.post(
        path() + "/toxics",
        "{'type':'%s','stream':'%s','attributes':{%s}}"
            .formatted(type, stream, attributes)
            .replace('\'', '"'));
  }

  /// Adds a toxic, and returns its name.
  String add(String type, String stream, String attributes) {
    Reply reply = ask(type, stream, attributes);
    expect(reply, 200);
    return reply.object().get("name").getAsString();
  }

  /// Adds a toxic that is no fault of Toxiproxy's; skips the test if the server has no such thing.
  String addExtra(String type, String stream, String attributes) {
    bed.needsOurs();
    return add(type, stream, attributes);
  }

  /// Changes a toxic. The body has single quotes for double ones.
  void set(String toxic, String body) {
    expect(bed.patch(path() + "/toxics/" + toxic, body.replace('\'', '"')), 200);
  }

  void remove(String toxic) {
    expect(bed.delete(path() + "/toxics/" + toxic), 204);
  }

  private void expect(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError("%s: %d %s".formatted(name, reply.status(), reply.text()));
    }
  }

  @Override
  public void close() {
    bed.delete(path());
  }
}
