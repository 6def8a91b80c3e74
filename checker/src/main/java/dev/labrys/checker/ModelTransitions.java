package dev.labrys.checker;

/// The transitions of any model.
///
/// @param <S> the state of the model
final class ModelTransitions<S> implements Transitions {
  private final Call[] classes;
  private final StateTable<S> table;

  ModelTransitions(Model<S> model, Call[] classes) {
    this.classes = classes;
    table = new StateTable<>(model, model::mayLeadTo);
    table.number(model.initial());
  }

  @Override
  public int initial() {
    return 0;
  }

  @Override
  public int next(int state, int callClass) {
    return table.next(state, callClass, classes[callClass]);
  }

  @Override
  public int[] choices(int next) {
    return table.choices(next);
  }

  @Override
  public String describe(int state) {
    return table.describe(state);
  }

  @Override
  public long bytes() {
    return table.bytes();
  }
}
