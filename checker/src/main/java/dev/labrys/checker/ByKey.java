package dev.labrys.checker;

import java.util.List;
import java.util.Set;

/// See [Models#byKey].
record ByKey<S>(Model<S> model) implements Model<S> {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Set<String> functions() {
    return model.functions();
  }

  @Override
  public S initial() {
    return model.initial();
  }

  @Override
  public List<S> step(S state, Call call) {
    return model.step(state, call);
  }

  @Override
  public boolean isReadOnly(Call call) {
    return model.isReadOnly(call);
  }

  @Override
  public boolean mayLeadTo(S state, Call call) {
    return model.mayLeadTo(state, call);
  }

  @Override
  public boolean isReset(Call call) {
    return model.isReset(call);
  }

  @Override
  public Shape shape() {
    return model.shape();
  }

  @Override
  public boolean isKeyed() {
    return true;
  }

  @Override
  public String describe(S state) {
    return model.describe(state);
  }
}
