package dev.labrys.cluster.sim;

import dev.labrys.history.Outcome;
import dev.labrys.history.Value;
import dev.labrys.raft.calls.StoreCall;
import dev.labrys.raft.store.Answer;
import dev.labrys.raft.store.Command;
import dev.labrys.raft.store.Datum;
import dev.labrys.raft.store.Query;
import java.util.random.RandomGenerator;

/// Reads, writes and compares some registers, for the model `cas-register`. No two writes write the
/// same.
public final class RegisterScript implements StoreScript {
  private static final int CHOICES = 5;

  private final String[] names;
  private final Value[] keys;
  private final long[] lastWritten;
  private long written;

  /// Of `registers` registers.
  public RegisterScript(int registers) {
    names = new String[registers];
    keys = new Value[registers];
    lastWritten = new long[registers];
    for (int i = 0; i < registers; i++) {
      names[i] = "r" + i;
      keys[i] = Value.of(i);
    }
  }

  @Override
  public StoreCall next(int process, RandomGenerator random) {
    int register = Dice.index(random, names.length);
    return switch (Dice.index(random, CHOICES)) {
      case 0, 1 -> read(register);
      case 2, 3 -> write(register);
      default -> compareAndSet(register);
    };
  }

  private StoreCall read(int register) {
    return new StoreCall(
        "read", keys[register], Value.nil(), new Query.Get(names[register]), RegisterScript::found);
  }

  private StoreCall write(int register) {
    lastWritten[register] = ++written;
    return new StoreCall(
        "write",
        keys[register],
        Value.of(written),
        new Command.Put(names[register], Datum.of(written)),
        answer -> answer instanceof Answer.Done ? Outcome.ok(Value.nil()) : Outcome.failed());
  }

  /// Expects what was written last, which with luck is what is there.
  private StoreCall compareAndSet(int register) {
    long expected = lastWritten[register];
    lastWritten[register] = ++written;
    return new StoreCall(
        "cas",
        keys[register],
        Value.sequence(Value.of(expected), Value.of(written)),
        new Command.CompareAndSet(names[register], Datum.of(expected), Datum.of(written)),
        answer ->
            answer instanceof Answer.Truth(boolean isSo) && isSo
                ? Outcome.ok(Value.nil())
                : Outcome.failed());
  }

  private static Outcome found(Answer answer) {
    if (!(answer instanceof Answer.Found(Datum datum))) {
      return Outcome.failed();
    }
    return Outcome.ok(
        switch (datum) {
          case Datum.Nothing _ -> Value.nil();
          case Datum.Whole(long number) -> Value.of(number);
          case Datum.Text text -> Value.of(text.text());
        });
  }
}
