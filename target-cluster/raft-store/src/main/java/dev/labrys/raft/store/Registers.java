package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import dev.labrys.raft.WireReader;
import dev.labrys.raft.WireWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The registers of a store, in the order in which they came to hold something.
final class Registers {
  private final StoreLimits limits;
  private final Map<String, Cell> cells = new LinkedHashMap<>();

  Registers(StoreLimits limits) {
    this.limits = limits;
  }

  /// What a register holds. A text that is appended to is kept where there is room to go on, so
  /// that many appends take no more time than what they append.
  private static final class Cell {
    private Datum value;

    /// Absent until something is appended.
    private @Nullable WireWriter growing;

    Cell(Datum value) {
      this.value = value;
    }

    void hold(Datum replacement) {
      value = replacement;
      growing = null;
    }

    void grow(Bytes text, Bytes suffix) {
      if (growing == null) {
        growing = new WireWriter(text.length() + suffix.length()).rest(text);
      }
      value = new Datum.Text(growing.rest(suffix).toBytes());
    }
  }

  Datum value(String register) {
    Cell cell = cells.get(register);
    return cell == null ? Datum.nothing() : cell.value;
  }

  /// Makes it hold `value`, or says why it can't.
  Optional<Answer.Reason> put(String register, Datum value) {
    if (value.isNothing()) {
      cells.remove(register);
      return Optional.empty();
    }
    Cell cell = cells.get(register);
    if (cell != null) {
      cell.hold(value.compact());
    } else if (cells.size() < limits.items()) {
      cells.put(register, new Cell(value.compact()));
    } else {
      return Optional.of(Answer.Reason.FULL);
    }
    return Optional.empty();
  }

  /// Appends to the text it holds, or says why it can't.
  Optional<Answer.Reason> append(String register, Bytes suffix) {
    Cell cell = cells.get(register);
    if (cell == null) {
      return put(register, new Datum.Text(suffix));
    }
    if (!(cell.value instanceof Datum.Text(Bytes text))) {
      return Optional.of(Answer.Reason.NOT_A_TEXT);
    }
    if (suffix.length() > limits.textBytes() - text.length()) {
      return Optional.of(Answer.Reason.FULL);
    }
    cell.grow(text, suffix);
    return Optional.empty();
  }

  void write(WireWriter writer) {
    writer.number(cells.size());
    cells.forEach((register, cell) -> {
      writer.text(register);
      cell.value.write(writer);
    });
  }

  static Registers read(StoreLimits limits, WireReader reader) throws WireFormatException {
    Registers registers = new Registers(limits);
    int count = reader.count();
    for (int i = 0; i < count; i++) {
      registers.cells.put(reader.text(), new Cell(Datum.read(reader).compact()));
    }
    return registers;
  }
}
