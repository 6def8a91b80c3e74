package dev.labrys.raft.store;

import dev.labrys.raft.Bytes;
import dev.labrys.raft.WireFormatException;
import java.util.List;

/// What the store says to a step.
public sealed interface Answer {

  /// It is done, and there is nothing to tell.
  record Done() implements Answer {}

  /// One datum.
  record Found(Datum datum) implements Answer {}

  /// Whether something is so.
  record Truth(boolean isSo) implements Answer {}

  /// Several data, in order.
  record Items(List<Datum> items) implements Answer {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// The answers to the steps of a step, in order.
  ///
  /// @param answers none of which is made of answers itself
  record Each(List<Answer> answers) implements Answer {
    public Each {
      answers = List.copyOf(answers);
      for (Answer answer : answers) {
        if (answer instanceof Each) {
          throw new IllegalArgumentException("an answer can't be made of answers: " + answer);
        }
      }
    }
  }

  /// It was not done and changed nothing.
  record Refused(Reason reason) implements Answer {}

  /// Why a step was refused.
  enum Reason {
    MALFORMED("the bytes are no step of this version of the store"),
    NOT_A_QUERY("a step that changes something has to go through the log"),
    NOT_A_TEXT("the register holds a number, to which no text can be appended"),
    FULL("there is as much in it already as may be");

    private final String meaning;

    Reason(String meaning) {
      this.meaning = meaning;
    }

    /// In words.
    public String meaning() {
      return meaning;
    }
  }

  /// This as a [Store] sends it.
  default Bytes toBytes() {
    return AnswerCodec.encode(this);
  }

  /// The answer that `bytes` say.
  ///
  /// @throws WireFormatException if they are none
  static Answer of(Bytes bytes) throws WireFormatException {
    return AnswerCodec.decode(bytes);
  }
}
