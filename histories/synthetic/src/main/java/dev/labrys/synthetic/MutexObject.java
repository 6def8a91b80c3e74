package dev.labrys.synthetic;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;

/// A lock, free at first. Who wants it waits until it is free.
///
/// A client that was granted the lock without learning of it does not release it. Others notice,
/// and one of them releases it in its stead.
final class MutexObject implements SequentialObject {
  enum Variant {
    /// Anybody may release it.
    PLAIN,
    /// Whoever holds it may acquire it again, and has to release it as often.
    REENTRANT,
    /// Each grant has a number, larger than all before.
    FENCED
  }

  private static final int NOBODY = -1;
  private static final double ACQUIRE_AGAIN = 0.4;
  private static final int MOST_HOLDS = 4;

  private final Variant variant;
  private int holder = NOBODY;
  private int holds;
  private long lastToken;

  MutexObject(Variant variant) {
    this.variant = variant;
  }

  @Override
  public Request choose(int client, Chooser chooser) {
    if (holder == client) {
      boolean again =
          variant == Variant.REENTRANT
              && holds < MOST_HOLDS
              && chooser.dice().chance(ACQUIRE_AGAIN);
      return request(again ? "acquire" : "release", client);
    }
    return request("acquire", client);
  }

  private Request request(String function, int client) {
    return variant == Variant.PLAIN
        ? new Request(client, function)
        : new Request(client, function, Value.of(client));
  }

  @Override
  public boolean isReady(Request request) {
    return !request.function().equals("acquire")
        || holder == NOBODY
        || (variant == Variant.REENTRANT && holder == request.client());
  }

  @Override
  public Outcome apply(Request request, Chooser chooser) {
    return request.function().equals("acquire") ? acquire(request) : release(request);
  }

  private Outcome acquire(Request request) {
    holder = request.client();
    holds++;
    lastToken++;
    return Outcome.ok(variant == Variant.FENCED ? Value.of(lastToken) : Value.nil());
  }

  private Outcome release(Request request) {
    boolean mayRelease = variant == Variant.PLAIN ? holder != NOBODY : holder == request.client();
    if (!mayRelease) {
      return Outcome.failed();
    }
    holds--;
    if (holds == 0) {
      holder = NOBODY;
    }
    return Outcome.ok(Value.nil());
  }

  @Override
  public boolean isHeldBy(int client) {
    return holder == client;
  }
}
