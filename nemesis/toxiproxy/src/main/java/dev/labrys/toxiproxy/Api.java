package dev.labrys.toxiproxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The HTTP API: what Toxiproxy's clients ask for, answered as Toxiproxy does.
final class Api {
  private static final String NO_METRICS = "404 page not found\n";

  private final Proxies proxies;
  private final Optional<Metrics> metrics;
  private final String requestPrefix;
  private final AtomicLong requests = new AtomicLong();

  /// @param metrics absent if they are not to be shown
  /// @param start tells the numbers of requests of this server from those of others
  Api(Proxies proxies, Optional<Metrics> metrics, long start) {
    this.proxies = proxies;
    this.metrics = metrics;
    this.requestPrefix = Long.toHexString(start);
  }

  HttpAnswer answer(HttpRequest request) {
    HttpAnswer whole = whole(request);
    return request.method().equals("HEAD") ? whole.withoutBody() : whole;
  }

  private HttpAnswer whole(HttpRequest request) {
    Optional<String> path = Route.path(request.target());
    if (path.isEmpty()) {
      return HttpAnswer.text(400, "400 Bad Request\n");
    }
    String cleaned = Route.cleaned(path.get());
    if (!cleaned.equals(path.get())) {
      return HttpAnswer.empty(301).with("Location", encoded(cleaned));
    }
    Optional<Route> route = Route.of(cleaned);
    if (route.isEmpty()) {
      return HttpAnswer.text(404, "404 page not found\n");
    }
    if (!route.get().resource().allows(request.method())) {
      return HttpAnswer.empty(405);
    }
    String id = requestPrefix + "-" + requests.incrementAndGet();
    return routed(request, route.get()).with("X-Toxiproxy-Request-Id", id);
  }

  private static String encoded(String path) {
    StringBuilder text = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      boolean isLetter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
      boolean isPlain = isLetter || "/0123456789-_.~:".indexOf(each) >= 0;
      text.append(isPlain ? String.valueOf((char) each) : "%%%02X".formatted(each));
    }
    return text.toString();
  }

  private HttpAnswer routed(HttpRequest request, Route route) {
    // A page of somebody else's, in a browser on this machine, has no business here.
    if (request.header("user-agent").orElse("").startsWith("Mozilla/")) {
      return HttpAnswer.text(403, "User agent not allowed\n");
    }
    if (request.header("origin").isPresent()) {
      return HttpAnswer.text(403, "Origin not allowed\n");
    }
    try {
      synchronized (proxies) {
        return handled(request, route);
      }
    } catch (ApiException wrong) {
      return HttpAnswer.error(wrong);
    }
  }

  private HttpAnswer handled(HttpRequest request, Route route) throws ApiException {
    boolean isGet = request.method().equals("GET");
    boolean isDelete = request.method().equals("DELETE");
    return switch (route.resource()) {
      case VERSION -> version();
      case METRICS ->
          metrics
              .map(shown -> HttpAnswer.text(200, shown.text()))
              .orElse(HttpAnswer.text(404, NO_METRICS));
      case RESET -> reset();
      case POPULATE -> populate(request);
      case PROXIES ->
          isGet ? HttpAnswer.json(200, AnswerJson.proxies(proxies.all())) : create(request);
      case PROXY -> {
        Proxy proxy = proxies.proxy(route.proxy());
        yield isGet
            ? HttpAnswer.json(200, AnswerJson.proxy(proxy))
            : isDelete ? delete(proxy) : update(proxy, request);
      }
      case TOXICS -> {
        Proxy proxy = proxies.proxy(route.proxy());
        yield isGet
            ? HttpAnswer.json(200, AnswerJson.toxics(proxy.toxics()))
            : addToxic(proxy, request);
      }
      case TOXIC -> {
        Proxy proxy = proxies.proxy(route.proxy());
        Toxic toxic =
            proxy.toxic(route.toxic()).orElseThrow(() -> new ApiException(404, "toxic not found"));
        yield isGet
            ? HttpAnswer.json(200, AnswerJson.toxic(toxic))
            : isDelete ? removeToxic(proxy, toxic) : updateToxic(proxy, toxic, request);
      }
    };
  }

  private static HttpAnswer version() {
    return HttpAnswer.json(200, "{\"version\": \"%s\"}\n".formatted(ToxiproxyServer.VERSION))
        .with("Content-Type", "application/json;charset=utf-8");
  }

  private HttpAnswer create(HttpRequest request) throws ApiException {
    Proxy.Wanted wanted = wanted(Json.object(request.body()), "");
    return HttpAnswer.json(201, AnswerJson.proxy(proxies.create(wanted)));
  }

  /// @param where says which of many it is, if there are many
  private static Proxy.Wanted wanted(Json.Fields fields, String where) throws ApiException {
    String name = fields.text("name").orElse("");
    String listen = fields.text("listen").orElse("");
    String upstream = fields.text("upstream").orElse("");
    boolean isEnabled = fields.truth("enabled").orElse(true);
    if (name.isEmpty()) {
      throw ApiException.missing("name" + where);
    }
    if (upstream.isEmpty()) {
      throw ApiException.missing("upstream" + where);
    }
    return new Proxy.Wanted(name, listen, upstream, isEnabled);
  }

  private HttpAnswer populate(HttpRequest request) {
    List<Proxy> done = new ArrayList<>();
    try {
      List<Proxy.Wanted> all = new ArrayList<>();
      for (Json.Fields fields : Json.objects(request.body())) {
        all.add(wanted(fields, " at proxy " + (all.size() + 1)));
      }
      proxies.populate(all, done);
      return HttpAnswer.json(201, AnswerJson.populated(done));
    } catch (ApiException wrong) {
      return HttpAnswer.json(wrong.status(), AnswerJson.populated(done, wrong));
    }
  }

  private HttpAnswer update(Proxy proxy, HttpRequest request) throws ApiException {
    Json.Fields fields = Json.object(request.body());
    proxies.update(
        proxy,
        new Proxies.Change(
            fields.text("listen"), fields.text("upstream"), fields.truth("enabled")));
    return HttpAnswer.json(200, AnswerJson.proxy(proxy));
  }

  private HttpAnswer delete(Proxy proxy) throws ApiException {
    proxies.delete(proxy);
    return HttpAnswer.empty(204);
  }

  private HttpAnswer reset() throws ApiException {
    proxies.reset();
    return HttpAnswer.empty(204);
  }

  private HttpAnswer addToxic(Proxy proxy, HttpRequest request) throws ApiException {
    Toxic toxic = ToxicRequest.added(Json.object(request.body()), proxy);
    proxies.add(proxy, toxic);
    return HttpAnswer.json(200, AnswerJson.toxic(toxic));
  }

  private HttpAnswer updateToxic(Proxy proxy, Toxic toxic, HttpRequest request)
      throws ApiException {
    Toxic updated = ToxicRequest.updated(Json.object(request.body()), toxic);
    proxies.update(proxy, updated);
    return HttpAnswer.json(200, AnswerJson.toxic(updated));
  }

  private HttpAnswer removeToxic(Proxy proxy, Toxic toxic) throws ApiException {
    proxies.remove(proxy, toxic);
    return HttpAnswer.empty(204);
  }
}
