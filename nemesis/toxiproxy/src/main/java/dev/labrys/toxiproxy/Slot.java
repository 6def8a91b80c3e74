package dev.labrys.toxiproxy;

import java.util.random.RandomGenerator;

/// The place of one toxic on one link: the pipe in front of it, and the stage, if the dice let it
/// act there.
final class Slot {
  private final RandomGenerator random;
  private final Pipe in = new Pipe();
  private Toxic toxic;
  private Stage stage;
  private boolean acts;

  Slot(Toxic toxic, RandomGenerator random) {
    this.random = random;
    this.toxic = toxic;
    this.stage = toxic.type().stage(toxic.attributes(), random);
    this.acts = acts(toxic);
  }

  /// Rolled once for a link, and again at each update: not for each message.
  private boolean acts(Toxic rolled) {
    return rolled.type() != ToxicType.NOOP && random.nextFloat() < rolled.toxicity();
  }

  Pipe in() {
    return in;
  }

  String name() {
    return toxic.name();
  }

  boolean acts() {
    return acts;
  }

  /// How much may wait in front of it.
  long capacity() {
    return acts ? stage.capacity() : Stage.ONE_CHUNK;
  }

  /// Whether bytes are missing from the stream, so that it can't go on without this toxic.
  boolean isTorn() {
    return acts && stage.isTorn();
  }

  boolean letsConnect() {
    return !acts || stage.letsConnect();
  }

  boolean refuses() {
    return acts && stage.refuses();
  }

  /// Moves on what may go. Returns when to call again, or [Stage#NEVER].
  long flow(Outlet out, long nowNanos) {
    if (out.pipe().isEnded()) {
      in.discard();
      return Stage.NEVER;
    }
    if (!acts) {
      out.takeAll(in);
      return Stage.NEVER;
    }
    return stage.flow(in, out, nowNanos);
  }

  /// The stream has been under way before the toxic was there.
  void join() {
    stage.join();
  }

  /// The toxic is taken away: what waited for it goes on at once.
  void leave(Outlet out) {
    if (!out.pipe().isEnded()) {
      if (acts) {
        stage.leave(out);
      }
      in.emptyInto(out.pipe());
    }
  }

  /// The toxic was set anew.
  void update(Toxic newToxic, Outlet out) {
    if (acts && !out.pipe().isEnded()) {
      stage.letGo(in, out);
    }
    boolean wasTorn = isTorn();
    boolean didAct = acts;
    Stage successor = newToxic.type().stage(newToxic.attributes(), random);
    successor.follow(stage);
    toxic = newToxic;
    stage = successor;
    acts = acts(newToxic);
    if (didAct && !acts && !out.pipe().isEnded()) {
      stage.leave(out);
    } else if (!didAct) {
      stage.join();
    }
    if (wasTorn && !acts) {
      out.reset();
    }
  }
}
