package dev.labrys.raft.node;

import dev.labrys.raft.ServerId;
import dev.labrys.raft.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a node does last that was asked to stop. Nothing depends on it but how soon the others go
/// on, so it never takes long.
final class Farewell {
  private static final long PATIENCE = 5_000_000_000L;

  private final Node node;
  private final NodeLog log;
  private final long deadlineNanos = System.nanoTime() + PATIENCE;

  private Farewell(Node node, NodeLog log) {
    this.node = node;
    this.log = log;
  }

  /// Finishes what waits, and lets another server lead.
  static void say(Node node, NodeLog log) {
    log.event("stopping").write();
    try {
      new Farewell(node, log).say();
    } catch (TimeoutException _) {
      log.event("stopping").with("why", "it took too long to finish; ending at once").write();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("nobody fails these", impossible);
    }
  }

  private void say() throws InterruptedException, ExecutionException, TimeoutException {
    within(node.retire());
    for (ServerId other : within(node.status()).server().configuration().voters()) {
      NodeStatus now = within(node.status());
      if (now.server().role() != Status.RoleName.LEADER) {
        return;
      }
      NodeStatus.Link link = now.links().get(other);
      if (link != null && link.isUp() && hasHandedOver(other)) {
        return;
      }
    }
  }

  private boolean hasHandedOver(ServerId other)
      throws InterruptedException, ExecutionException, TimeoutException {
    Reply reply = within(node.handOver(other, left()));
    log.event("handover").with("to", other.toString()).with("reply", reply.toString()).write();
    return reply instanceof Reply.Done;
  }

  private <T> T within(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(left(), TimeUnit.NANOSECONDS);
  }

  private long left() {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }
}
