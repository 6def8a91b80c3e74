package dev.labrys.bench;

import dev.labrys.history.Seed;
import dev.labrys.toxiproxy.ToxiproxyOptions;
import dev.labrys.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench proxy`: what it costs to go through a proxy, beside a direct connection in the same run.
///
/// Each round measures every way once, in an order of its own, so that what else the machine does
/// meets all of them. The best round of a proxy over the best direct one is the figure to quote.
@Command(
    name = "proxy",
    header = "Compare connections through a proxy with direct ones.",
    mixinStandardHelpOptions = true)
final class ProxyRun implements Callable<Integer> {
  private static final String DIRECT = "direct";
  private static final Pattern PORT = Pattern.compile("\"listen\":\"[^\"]*:(\\d+)\"");

  @Spec
  private picocli.CommandLine.Model.CommandSpec spec =
      picocli.CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--api",
      paramLabel = "NAME=URL",
      description = "Another server with the API of Toxiproxy; may be given more than once.")
  private Map<String, String> apis = new LinkedHashMap<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "8",
      description = "How often to measure each way. Default: 8.")
  private int rounds = 8;

  @Option(
      names = "--millis",
      paramLabel = "T",
      defaultValue = "700",
      description = "How long to measure each figure, in milliseconds. Default: 700.")
  private int millis = 700;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many connections make a crowd. Default: 100.")
  private int connections = 100;

  private final HttpClient http = HttpClient.newHttpClient();

  /// A way to the servers of [ProxyTraffic], by the ports that lead there.
  private record Way(String name, Map<ProxyTraffic.Figure, Integer> ports) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || millis < 1 || connections < 1) {
      throw new ParameterException(spec.commandLine(), "what is counted is counted from 1");
    }
    Seed seed = new Seed(1);
    try (ProxyTraffic traffic = ProxyTraffic.start(millis, connections);
        ToxiproxyServer embedded = ToxiproxyServer.start(ToxiproxyOptions.anywhere(seed::stream))) {
      Map<String, String> servers = new LinkedHashMap<>();
      servers.put("embedded", embedded.url());
      servers.putAll(apis);
      List<Way> ways = new ArrayList<>(List.of(new Way(DIRECT, traffic.ports())));
      try {
        for (Map.Entry<String, String> server : servers.entrySet()) {
          ways.add(proxied(server.getKey(), server.getValue(), traffic));
        }
        report(measure(ways, traffic, seed.stream("order")));
      } finally {
        for (String url : servers.values()) {
          for (ProxyTraffic.Figure figure : ProxyTraffic.Figure.values()) {
            call("DELETE", url + "/proxies/" + proxy(figure), "");
          }
        }
      }
    }
    return Bench.SUCCESS;
  }

  private static String proxy(ProxyTraffic.Figure figure) {
    return "bench-%d-%s"
        .formatted(ProcessHandle.current().pid(), figure.name().toLowerCase(Locale.ROOT));
  }

  private Way proxied(String name, String url, ProxyTraffic traffic)
      throws IOException, InterruptedException {
    Map<ProxyTraffic.Figure, Integer> ports = new EnumMap<>(ProxyTraffic.Figure.class);
    for (Map.Entry<ProxyTraffic.Figure, Integer> server : traffic.ports().entrySet()) {
      String wanted =
          "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:%d\"}"
              .formatted(proxy(server.getKey()), server.getValue());
      String answer = call("POST", url + "/proxies", wanted);
      Matcher port = PORT.matcher(answer);
      if (!port.find()) {
        throw new IOException("%s made no proxy: %s".formatted(url, answer));
      }
      ports.put(server.getKey(), Integer.parseInt(port.group(1)));
    }
    return new Way(name, ports);
  }

  private String call(String method, String url, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /// All rounds by figure and way. The first one, which compiles the code, is left out.
  private Map<ProxyTraffic.Figure, Map<String, List<Double>>> measure(
      List<Way> ways, ProxyTraffic traffic, RandomGenerator random) throws IOException {
    Map<ProxyTraffic.Figure, Map<String, List<Double>>> results =
        new EnumMap<>(ProxyTraffic.Figure.class);
    for (int round = 0; round <= rounds; round++) {
      for (Way way : shuffled(ways, random)) {
        for (Map.Entry<ProxyTraffic.Figure, Integer> port : way.ports().entrySet()) {
          double value = traffic.measure(port.getKey(), port.getValue());
          if (round > 0) {
            results
                .computeIfAbsent(port.getKey(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(way.name(), _ -> new ArrayList<>())
                .add(value);
          }
        }
      }
    }
    return results;
  }

  private static List<Way> shuffled(List<Way> ways, RandomGenerator random) {
    List<Way> left = new ArrayList<>(ways);
    List<Way> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove(random.nextInt(left.size())));
    }
    return order;
  }

  private void report(Map<ProxyTraffic.Figure, Map<String, List<Double>>> results) {
    results.forEach((figure, ways) -> {
      double direct = figure.best(ways.getOrDefault(DIRECT, List.of()));
      spec.commandLine().getOut().println(figure.title());
      ways.forEach((name, values) -> {
        double median = values.stream().sorted().toList().get(values.size() / 2);
        double best = figure.best(values);
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "  %-12s median %10.1f   best %10.1f   best over direct %5.2f%n",
                name,
                median,
                best,
                best / direct);
      });
    });
  }
}
