package dev.labrys.raft.node;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import dev.labrys.raft.Configuration;
import dev.labrys.raft.LogPosition;
import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// What whoever runs a node sees of it and does to it, over HTTP.
final class HttpAdmin {
  private static final long LONGEST_STALL_MILLIS = 3_600_000;
  private static final long MOST_DRIFT = 500_000;
  private static final long PATIENCE = 1_000_000_000;

  private final Node node;
  private final NodeOptions options;
  private final NodeLog log;
  private final HttpAsk asking;

  HttpAdmin(Node node, NodeOptions options, NodeLog log) {
    this.node = node;
    this.options = options;
    this.log = log;
    this.asking = new HttpAsk(node);
  }

  HttpAnswer answer(HttpExchange exchange, String path, byte[] body)
      throws BadRequestException, InterruptedException {
    String what = exchange.getRequestMethod() + " " + path;
    switch (what) {
      case "GET /health" -> {
        return health();
      }
      case "GET /status" -> {
        return status();
      }
      default -> {}
    }
    if (!path.startsWith("/admin/")) {
      return HttpAnswer.refused(404, "not-found", "there are /v1/…, /health, /status, /admin/…");
    }
    if (!isAllowed(exchange)) {
      log.event("connection-refused")
          .with("port", "http")
          .with("from", exchange.getRemoteAddress().toString())
          .with("why", "it may not do " + what)
          .write();
      return HttpAnswer.refused(403, "admin", "only some may do this; see the option admin");
    }
    return switch (what) {
      case "PUT /admin/peers" -> peers(Json.parse(body));
      case "POST /admin/membership" -> membership(Json.parse(body));
      case "POST /admin/transfer" -> transfer(Json.parse(body));
      case "POST /admin/stall" -> stall(Json.parse(body));
      case "POST /admin/drift" -> drift(Json.parse(body));
      case "POST /admin/disk" -> disk(Json.parse(body));
      case "POST /admin/stop" -> stop(exchange);
      default ->
          HttpAnswer.refused(
              404,
              "not-found",
              "there are PUT /admin/peers, POST /admin/membership, /admin/transfer, /admin/stall,"
                  + " /admin/drift, /admin/disk, /admin/stop");
    };
  }

  private boolean isAllowed(HttpExchange exchange) {
    return switch (options.admin()) {
      case ANY -> true;
      case LOOPBACK -> exchange.getRemoteAddress().getAddress().isLoopbackAddress();
      case NONE -> false;
    };
  }

  private HttpAnswer health() throws InterruptedException {
    Optional<NodeStatus> status = look();
    if (status.isEmpty()) {
      return HttpAnswer.of(503, json -> json.writeStringField("status", "stuck"));
    }
    Status server = status.get().server();
    return HttpAnswer.of(
        200,
        json -> {
          json.writeStringField("status", "ok");
          json.writeStringField("role", Shell.word(server.role()));
          json.writeNumberField("term", server.term());
          json.writeStringField("leader", server.leader().toString());
        });
  }

  private Optional<NodeStatus> look() throws InterruptedException {
    try {
      return Optional.of(node.status().get(PATIENCE, TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nobody fails these", impossible);
    }
  }

  private HttpAnswer status() throws InterruptedException {
    Optional<NodeStatus> looked = look();
    if (looked.isEmpty()) {
      return HttpAnswer.of(503, json -> json.writeStringField("status", "stuck"));
    }
    NodeStatus status = looked.get();
    return HttpAnswer.of(
        200,
        json -> {
          json.writeStringField("cluster", options.cluster());
          write(json, status);
          json.writeObjectFieldStart("peers");
          for (Map.Entry<ServerId, NodeStatus.Link> each : status.links().entrySet()) {
            json.writeObjectFieldStart(each.getKey().toString());
            json.writeStringField("address", each.getValue().address().toString());
            json.writeBooleanField("up", each.getValue().isUp());
            json.writeNumberField("dropped", each.getValue().dropped());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, NodeStatus status) throws IOException {
    Status server = status.server();
    json.writeStringField("node", server.id().toString());
    json.writeStringField("role", Shell.word(server.role()));
    json.writeNumberField("term", server.term());
    json.writeStringField("voted-for", server.votedFor().toString());
    json.writeStringField("leader", server.leader().toString());
    json.writeStringField("leader-client", status.leader().client());
    json.writeStringField("leader-http", status.leader().http());
    json.writeNumberField("commit-index", server.commitIndex());
    json.writeNumberField("last-applied", server.lastApplied());
    json.writeObjectFieldStart("log");
    write(json, "snapshot", status.snapshot());
    write(json, "last", server.last());
    json.writeEndObject();
    Configuration configuration = server.configuration();
    json.writeObjectFieldStart("membership");
    AnswerJson.write(json, "voters", configuration.voters());
    AnswerJson.write(json, "outgoing", configuration.outgoing());
    AnswerJson.write(json, "learners", configuration.learners());
    json.writeEndObject();
    json.writeNumberField("requests", status.requests());
    json.writeNumberField("backlog", status.backlog());
    json.writeNumberField("clients", status.clients());
    json.writeNumberField("clock-millis", System.currentTimeMillis());
    json.writeNumberField("timer-nanos", status.timerNanos());
  }

  private static void write(JsonGenerator json, String name, LogPosition position)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("index", position.index());
    json.writeNumberField("term", position.term());
    json.writeEndObject();
  }

  private HttpAnswer peers(Json body) throws BadRequestException {
    Map<ServerId, HostPort> told = new LinkedHashMap<>();
    for (Map.Entry<String, Json> each : fields(body).fields().entrySet()) {
      ServerId peer = OptionsReader.server(each.getKey());
      if (!(each.getValue() instanceof Json.Text(String address))) {
        throw new BadRequestException("expected {\"n2\":\"host:port\"}");
      }
      if (told.put(peer, OptionsReader.peerAddress(address)) != null) {
        throw new BadRequestException("%s is named twice".formatted(peer));
      }
    }
    told.remove(options.node());
    told.forEach(node::tell);
    return HttpAnswer.done();
  }

  private HttpAnswer membership(Json body) throws BadRequestException, InterruptedException {
    Json.Fields fields = fields(body, "voters", "learners");
    return perform(
        new Ask.Membership(servers(fields.field("voters")), servers(fields.field("learners"))),
        "/admin/membership");
  }

  private HttpAnswer transfer(Json body) throws BadRequestException, InterruptedException {
    if (!(fields(body, "target").field("target") instanceof Json.Text(String target))) {
      throw new BadRequestException("expected {\"target\":\"n2\"}");
    }
    return perform(new Ask.Transfer(OptionsReader.server(target)), "/admin/transfer");
  }

  private static Json.Fields fields(Json body, String... names) throws BadRequestException {
    Json.Fields fields = fields(body);
    fields.allow(names);
    return fields;
  }

  private static Json.Fields fields(Json body) throws BadRequestException {
    if (body instanceof Json.Fields fields) {
      return fields;
    }
    throw new BadRequestException("expected a JSON object");
  }

  private static List<ServerId> servers(Json list) throws BadRequestException {
    List<ServerId> servers = new ArrayList<>();
    if (list instanceof Json.Items(List<Json> items)) {
      for (Json item : items) {
        if (!(item instanceof Json.Text(String word))) {
          throw new BadRequestException("a server is a text such as \"n1\"");
        }
        OptionsReader.addServer(servers, word);
      }
    } else if (!(list instanceof Json.Nothing)) {
      throw new BadRequestException("expected a list of servers such as [\"n1\",\"n2\"]");
    }
    return servers;
  }

  private HttpAnswer perform(Ask ask, String path) throws InterruptedException {
    return asking.perform(ask, options.limits().requestNanos(), path, _ -> HttpAnswer.done());
  }

  private HttpAnswer stall(Json body) throws BadRequestException {
    if (!(fields(body, "millis").field("millis") instanceof Json.Whole(long millis))
        || millis < 0
        || millis > LONGEST_STALL_MILLIS) {
      throw new BadRequestException("expected {\"millis\":1400}, at most " + LONGEST_STALL_MILLIS);
    }
    node.stallTimers(TimeUnit.MILLISECONDS.toNanos(millis));
    return HttpAnswer.done();
  }

  private HttpAnswer drift(Json body) throws BadRequestException {
    if (!(fields(body, "millionths").field("millionths") instanceof Json.Whole(long millionths))
        || millionths < -MOST_DRIFT
        || millionths > MOST_DRIFT) {
      throw new BadRequestException(
          "expected {\"millionths\":200000}, from -%d to %d".formatted(MOST_DRIFT, MOST_DRIFT));
    }
    node.driftTimers(millionths);
    return HttpAnswer.done();
  }

  private HttpAnswer disk(Json body) throws BadRequestException {
    Json.Fields fields = fields(body, "trouble", "sync-delay-millis");
    long millis =
        switch (fields.field("sync-delay-millis")) {
          case Json.Whole(long number) -> number;
          case Json.Nothing _ -> 0;
          default -> -1;
        };
    Optional<TroubledFiles.Kind> kind =
        Arrays.stream(TroubledFiles.Kind.values())
            .filter(each -> fields.field("trouble").equals(new Json.Text(each.word())))
            .findFirst();
    if (kind.isEmpty() || millis < 0 || millis > LONGEST_STALL_MILLIS) {
      throw new BadRequestException(
          "expected {\"trouble\":\"%s\",\"sync-delay-millis\":200}, at most %d"
              .formatted(
                  Arrays.stream(TroubledFiles.Kind.values())
                      .map(TroubledFiles.Kind::word)
                      .collect(Collectors.joining("|")),
                  LONGEST_STALL_MILLIS));
    }
    node.troubleDisk(new TroubledFiles.Trouble(kind.get(), TimeUnit.MILLISECONDS.toNanos(millis)));
    return HttpAnswer.done();
  }

  private HttpAnswer stop(HttpExchange exchange) {
    node.askToStop("POST /admin/stop from " + exchange.getRemoteAddress());
    return HttpAnswer.of(202, json -> json.writeStringField("outcome", "ok"));
  }
}
