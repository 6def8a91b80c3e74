package dev.labrys.cluster.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labrys.cluster.Passage;
import dev.labrys.cluster.Way;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who asks for remarks while links are being changed.
@Timeout(120)
final class KernelLinksRemarksTest {

  /// Nothing, which takes until the end to be found out.
  private static final class Slow extends AbstractMap<Way, Passage> {
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public Set<Map.Entry<Way, Passage>> entrySet() {
      begin.countDown();
      try {
        end.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      return Set.of();
    }
  }

  @Test
  void remarksAreToldWhileLinksAreBeingChanged() throws Exception {
    PacketFilter.complaint().ifPresent(Assumptions::abort);
    Slow passages = new Slow();
    try (KernelLinks links = KernelLinks.begin();
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      try {
        Future<?> change =
            threads.submit(() -> {
              links.set(passages);
              return "done";
            });
        passages.begin.await();

        Future<List<String>> remarks = threads.submit(links::takeRemarks);

        assertThat(remarks.get(60, TimeUnit.SECONDS)).isEmpty();
        passages.end.countDown();
        change.get();
      } finally {
        passages.end.countDown();
      }
    }
  }
}
