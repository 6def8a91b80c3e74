package dev.labrys.raft.node;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A node as a process.
public final class NodeMain {
  private static final int STOPPED = 0;
  private static final int USAGE = 64;
  private static final int UNAVAILABLE = 69;
  private static final int BUG = 70;

  private final PrintStream out;
  private final PrintStream err;
  private final Consumer<Node> whenOpen;

  /// @param whenOpen told of the node before it serves
  NodeMain(PrintStream out, PrintStream err, Consumer<Node> whenOpen) {
    this.out = out;
    this.err = err;
    this.whenOpen = whenOpen;
  }

  /// Runs a node until it is asked to stop.
  public static void main(String... arguments) {
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    NodeMain main =
        new NodeMain(
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            node -> stopOnSignal(node, exitCode));
    Thread.setDefaultUncaughtExceptionHandler(main::endAtOnce);
    int code = main.run(List.of(arguments));
    exitCode.complete(code);
    System.exit(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /// Asks `node` to stop when the process is told to end, and lets it end only after that.
  private static void stopOnSignal(Node node, CompletableFuture<Integer> exitCode) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  node.askToStop("signal");
                  Runtime.getRuntime().halt(exitCode.join());
                }));
  }

  /// Runs a node until it is asked to stop, and returns the exit code.
  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.print(Usage.text());
      out.flush();
      return STOPPED;
    }
    try {
      SettingsText text = SettingsText.read(arguments);
      NodeOptions options = OptionsReader.read(text);
      if (OptionsReader.isOn(text, Setting.END_WITH_STDIN)) {
        endWithInput();
      }
      return serve(options, OptionsReader.files(text, options));
    } catch (UsageException wrong) {
      return complain(USAGE, wrong.getMessage() + "; --help tells what can be said");
    } catch (UnavailableException missing) {
      return complain(UNAVAILABLE, String.valueOf(missing.getMessage()));
    } catch (IOException | RuntimeException | Error bug) {
      return admit(bug);
    }
  }

  /// A server of which one thread is gone must not go on as if it had all.
  private void endAtOnce(Thread thread, Throwable bug) {
    try {
      admit(bug);
    } finally {
      Runtime.getRuntime().halt(BUG);
    }
  }

  private int admit(Throwable bug) {
    bug.printStackTrace(err);
    return complain(BUG, "this should not happen: " + bug);
  }

  private int complain(int code, String why) {
    err.println("raft-node: " + why.lines().findFirst().orElse(""));
    err.flush();
    return code;
  }

  /// Whoever started this process holds the other end, until it ends in whatever way.
  private static void endWithInput() {
    Thread.ofPlatform()
        .daemon()
        .name("stdin")
        .start(() -> {
          try {
            System.in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException _) {
            // That is an end as well.
          }
          Runtime.getRuntime().halt(STOPPED);
        });
  }

  private int serve(NodeOptions options, FileLayer files) throws UnavailableException, IOException {
    Beforehand.waitForSocket();
    Node.End end;
    try (NodeLog log = new NodeLog(err, options.node().toString()).start();
        HttpPatience _ = new HttpPatience(log);
        Node node = Node.open(options, files, log)) {
      whenOpen.accept(node);
      node.start();
      out.println(ready(node));
      out.flush();
      end = node.end().join();
      if (end instanceof Node.End.Asked) {
        node.stop();
      }
    }
    return switch (end) {
      case Node.End.Asked _ -> STOPPED;
      case Node.End.Failed(IOException broken) ->
          complain(UNAVAILABLE, "the disk failed: " + broken.getMessage());
      case Node.End.Failed(Throwable bug) -> admit(bug);
    };
  }

  private static String ready(Node node) {
    return new JsonText()
        .with("event", "READY")
        .with("cluster", node.options().cluster())
        .with("node", node.options().node().toString())
        .with("pid", ProcessHandle.current().pid())
        .with("peer", node.ports().peer().address().toString())
        .with("client", node.ports().client().address().toString())
        .with("http", node.ports().httpAddress().toString())
        .toString();
  }
}
