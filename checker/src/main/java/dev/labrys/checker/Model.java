package dev.labrys.checker;

import java.util.List;
import java.util.Set;

/// A sequential specification: what an object may answer when it is asked one thing at a time.
///
/// A register is a whole model in five lines:
///
/// ```java
/// public List<Value> step(Value state, Call call) {
///   return switch (call.function()) {
///     case "write" -> List.of(call.input());
///     default -> call.mayReturn(state) ? List.of(state) : List.of();
///   };
/// }
/// ```
///
/// States are immutable and compared with `equals`; equal states must behave equally. A model is
/// stateless and called from several threads.
///
/// @param <S> the state of the object
public interface Model<S> {

  /// The name users know it by.
  String name();

  /// The functions it understands. A history with any other is refused.
  Set<String> functions();

  /// The state before the first operation.
  S initial();

  /// The states in which `call` may leave the object, if it takes effect in `state` and answers as
  /// the client saw. None if it can't have answered so; several if the object has a choice. An
  /// unanswered call ([Call#isAnswered]) may have had any answer.
  ///
  /// @throws IllegalArgumentException if the call is malformed for this model, saying how
  List<S> step(S state, Call call);

  /// Whether `call` leaves *every* state that allows it as it is. Such calls are linearized the
  /// moment they are legal, without search. Saying `false` is always right, only slower.
  default boolean isReadOnly(Call call) {
    return false;
  }

  /// Whether some sequence of other calls, none of them a reset ([#isReset]), may lead from `state`
  /// to a state that allows `call`. Searches use it to give up early. Saying `true` is always
  /// right, only slower.
  default boolean mayLeadTo(S state, Call call) {
    return true;
  }

  /// Whether `call` is possible in every state and always leaves the same one, whatever was before,
  /// as a write does. Matters only where [#mayLeadTo] says `false`; where in doubt, say `true`
  /// there.
  default boolean isReset(Call call) {
    return false;
  }

  /// What the object is made like, if it is one of the kinds that can be decided faster than by
  /// search. Saying [Shape#OPAQUE] is always right, only slower.
  default Shape shape() {
    return Shape.OPAQUE;
  }

  /// Whether operations on different keys never affect each other, so that each key is checked by
  /// itself. A model whose calls touch several objects at once names them in its values and says
  /// `false`.
  default boolean isKeyed() {
    return true;
  }

  /// How a state is shown to people.
  default String describe(S state) {
    return state.toString();
  }
}
