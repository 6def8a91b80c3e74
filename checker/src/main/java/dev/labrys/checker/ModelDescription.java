package dev.labrys.checker;

import java.util.List;

/// What people are told about a model.
///
/// @param name the name users know it by
/// @param summary one sentence without its full stop
/// @param functions what it understands
public record ModelDescription(String name, String summary, List<Function> functions) {
  public ModelDescription {
    functions = List.copyOf(functions);
  }

  /// A function in the words of its arguments and answers.
  ///
  /// @param name what histories call it
  /// @param input the shape of its argument, empty if it has none
  /// @param answer the shape of its answer, empty if what it answers says nothing
  public record Function(String name, String input, String answer) {
    @Override
    public String toString() {
      String call = input.isEmpty() ? name : name + " " + input;
      return answer.isEmpty() ? call : call + " → " + answer;
    }
  }
}
