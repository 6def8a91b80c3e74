package dev.labrys.cluster.container;

import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a node says from one start to its end, appended to its log while it says it.
final class NodeLife extends ResultCallbackTemplate<NodeLife, Frame> {
  private static final int LAST_BYTES = 2_000;

  private final Path log;
  private final long beginning;
  private final OutputStream out;
  private final Optional<String> awaited;
  private final CompletableFuture<Void> said = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /// The end of what was said, too short to hold what is awaited; what comes next may complete it.
  private String rest = "";

  /// @param awaited the text by which it is seen to serve, if it is by a text
  NodeLife(Path log, Optional<String> awaited) throws IOException {
    this.log = log;
    this.awaited = awaited.map(text -> latin(text.getBytes(StandardCharsets.UTF_8)));
    this.beginning = Files.exists(log) ? Files.size(log) : 0;
    this.out = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// Bytes as letters, one by one, whatever they encode.
  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// Called by the one thread that reads from the engine.
  @Override
  public void onNext(Frame frame) {
    byte[] bytes = frame.getPayload();
    try {
      out.write(bytes);
    } catch (IOException full) {
      throw new UncheckedIOException("can't write " + log, full);
    }
    if (awaited.isPresent() && !said.isDone()) {
      look(awaited.get(), rest + latin(bytes));
    }
  }

  private void look(String text, String heard) {
    if (heard.contains(text)) {
      said.complete(null);
      rest = "";
    } else {
      rest = heard.substring(Math.max(0, heard.length() - text.length() + 1));
    }
  }

  @Override
  public void onError(Throwable failed) {
    super.onError(failed);
    end();
  }

  @Override
  public void onComplete() {
    super.onComplete();
    end();
  }

  /// Listens no longer.
  @Override
  public void close() throws IOException {
    super.close();
    end();
  }

  private void end() {
    try {
      out.close();
    } catch (IOException unwritten) {
      throw new UncheckedIOException("can't write " + log, unwritten);
    } finally {
      over.complete(null);
    }
  }

  /// Waits until it has said what is awaited, its end, or so long.
  ///
  /// @return whether it has said it
  boolean hasSaid(long patienceMillis) {
    await(CompletableFuture.anyOf(said, over), patienceMillis);
    return said.isDone();
  }

  /// Waits until it has ended and all it said is in the log, or so long.
  ///
  /// @return whether it has ended
  boolean isOver(long patienceMillis) {
    await(over, patienceMillis);
    return over.isDone();
  }

  private static void await(Future<?> event, long patienceMillis) {
    try {
      event.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException notYet) {
      // The caller looks.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The last it said, for people.
  String lastWords() {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      long from = Math.max(beginning, file.size() - LAST_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, file.size() - from));
      file.position(from);
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // Reads on.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "(%s can't be read: %s)".formatted(log, unreadable.getMessage());
    }
  }
}
