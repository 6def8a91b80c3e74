package dev.labrys.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One look at the memory of a container. An engine that is asked for one alone takes two seconds,
/// to tell the use of processors as well; of those that it tells all the time the first is enough.
final class MemoryLook extends ResultCallbackTemplate<MemoryLook, Statistics> {
  private static final long PATIENCE_SECONDS = 30;

  private final CompletableFuture<MemoryStatsConfig> first = new CompletableFuture<>();

  private MemoryLook() {}

  static MemoryStatsConfig at(DockerClient client, String container) {
    try (MemoryLook look = client.statsCmd(container).exec(new MemoryLook())) {
      return look.first.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void onNext(Statistics told) {
    first.complete(told.getMemoryStats());
  }

  @Override
  public void onError(Throwable failed) {
    first.completeExceptionally(failed);
    super.onError(failed);
  }

  @Override
  public void onComplete() {
    first.completeExceptionally(new IOException("it has ended"));
    super.onComplete();
  }
}
