package dev.labrys.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A real, headless Chromium with one tab, driven over its own debugging pipe: no driver, no port.
///
/// Everything that goes wrong in the tab (exceptions, refused loads, policy violations) is kept in
/// [#complaints].
final class Browser implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "\0";

  private final Process process;
  private final Thread listener;
  private final BlockingQueue<Map<String, Object>> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private String session = "";
  private long sent;

  private Browser(Process process) {
    this.process = process;
    this.listener = Thread.ofPlatform().name("browser-listener").daemon().start(this::listen);
  }

  /// Opens a browser whose files live in `folder`; skips the test, saying so, where there is none.
  static Browser open(Path folder) throws IOException {
    Path program = candidates().filter(Files::isExecutable).findFirst().orElse(Path.of(""));
    assumeTrue(
        Files.isExecutable(program) && !program.toString().isEmpty(),
        "skipped: no chromium at /usr/bin/chromium or on the PATH");
    String flags =
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
            + " --disable-background-networking --disable-component-update --disable-sync"
            + " --hide-scrollbars --force-device-scale-factor=1 --window-size=1440,1000";
    // Chromium talks on descriptors 3 and 4; ours reach it as its standard input and output.
    List<String> command =
        List.of(
            "sh",
            "-c",
            "exec \"$0\" --remote-debugging-pipe "
                + flags
                + " --user-data-dir=\"$1\" about:blank 3<&0 4>&1 </dev/null >/dev/null 2>&1",
            program.toString(),
            folder.resolve("profile").toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TMPDIR", folder.toString());
    Browser browser = new Browser(builder.start());
    try {
      browser.attach();
      return browser;
    } catch (RuntimeException | Error failure) {
      browser.close();
      throw failure;
    }
  }

  private static Stream<Path> candidates() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
        Stream.of(Path.of("/usr/bin/chromium")),
        Stream.of(path.split(":"))
            .flatMap(folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name))));
  }

  private void attach() {
    String target = text(send("Target.createTarget", Map.of("url", "about:blank")), "targetId");
    session =
        text(
            send("Target.attachToTarget", Map.of("targetId", target, "flatten", true)),
            "sessionId");
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
  }

  /// Shows a page and waits until its script has finished setting up.
  void visit(Path page) {
    send("Page.navigate", Map.of("url", page.toUri().toString()));
    awaitTrue("document.documentElement.dataset.ready === 'true'");
  }

  /// The value of an expression; promises are awaited.
  Object evaluate(String expression) {
    Map<String, Object> answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.containsKey("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return Json.object(answer.get("result")).getOrDefault("value", "undefined");
  }

  String read(String expression) {
    return String.valueOf(evaluate(expression));
  }

  /// Waits for the page's next frames until the condition holds.
  void awaitTrue(String condition) {
    String polled =
        "new Promise((done, fail) => { let left = 1200; const look = () => { let is = false;"
            + " try { is = (CONDITION); } catch (e) {}"
            + " if (is) done(true); else if (--left === 0) fail('never: ' + document.title);"
            + " else setTimeout(look, 25); }; look(); })";
    evaluate(polled.replace("CONDITION", condition));
  }

  /// A real key press, through the browser's own input handling.
  void press(String key) {
    press(key, 0);
  }

  void press(String key, int modifiers) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("key", key);
    event.put("modifiers", modifiers);
    if (key.length() == 1) {
      event.put("text", key);
    }
    if (key.equals("Tab")) {
      event.put("windowsVirtualKeyCode", 9);
    }
    if (key.equals("Enter")) {
      event.put("windowsVirtualKeyCode", 13);
      event.put("text", "\r");
    }
    event.put("type", "keyDown");
    send("Input.dispatchKeyEvent", event);
    event.put("type", "keyUp");
    event.remove("text");
    send("Input.dispatchKeyEvent", event);
  }

  void prefer(String feature, String value) {
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  void mouse(String type, double x, double y, Map<String, Object> more) {
    Map<String, Object> event = new LinkedHashMap<>(more);
    event.put("type", type);
    event.put("x", x);
    event.put("y", y);
    send("Input.dispatchMouseEvent", event);
  }

  void screenshot(Path picture) throws IOException {
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    String data = text(send("Page.captureScreenshot", Map.of("format", "png")), "data");
    Files.write(picture, Base64.getDecoder().decode(data));
  }

  /// What went wrong in the tab so far.
  List<String> complaints() {
    drain();
    return List.copyOf(complaints);
  }

  /// The addresses the tab asked for so far.
  List<String> requests() {
    drain();
    return List.copyOf(requests);
  }

  private void drain() {
    for (Map<String, Object> event = events.poll(); event != null; event = events.poll()) {
      Map<String, Object> details = Json.object(event.get("params"));
      switch (String.valueOf(event.get("method"))) {
        case "Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening" ->
            complaints.add(details.toString());
        case "Network.requestWillBeSent" ->
            requests.add(text(Json.object(details.get("request")), "url"));
        default -> {}
      }
    }
  }

  private Map<String, Object> send(String method, Map<String, Object> parameters) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", ++sent);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    try {
      OutputStream out = process.getOutputStream();
      out.write((Json.write(message) + END).getBytes(StandardCharsets.UTF_8));
      out.flush();
      Map<String, Object> answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null || answer.containsKey("error")) {
        throw new IllegalStateException(method + " got " + answer);
      }
      return Json.object(answer.get("result"));
    } catch (IOException failure) {
      throw new IllegalStateException("the browser is gone: " + method, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method, interrupted);
    }
  }

  private void listen() {
    try (InputStream in = process.getInputStream()) {
      java.io.ByteArrayOutputStream message = new java.io.ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 16];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        for (int i = 0; i < count; i++) {
          if (chunk[i] != 0) {
            message.write(chunk[i]);
            continue;
          }
          Map<String, Object> parsed = Json.object(Json.read(message.toByteArray()));
          (parsed.containsKey("id") ? answers : events).add(parsed);
          message.reset();
        }
      }
    } catch (IOException closed) {
      // The browser has ended; whoever still waits for an answer runs into the deadline.
    }
  }

  private static String text(Map<String, Object> object, String name) {
    return String.valueOf(object.get(name));
  }

  /// Ends the browser and everything it started, and waits for it.
  @Override
  public void close() {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (ProcessHandle member : family) {
        member.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      listener.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException stuck) {
      throw new IllegalStateException("the browser does not end", stuck);
    }
  }
}
