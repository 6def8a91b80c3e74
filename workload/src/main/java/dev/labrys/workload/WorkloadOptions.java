package dev.labrys.workload;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What somebody wants to be other than usual in a workload.
///
/// @param keys how many objects a client chooses from
/// @param clientsPerKey how many clients share them
/// @param actionsPerKey after how many actions an object is left alone
/// @param values how many different values are written, where they are not unique
/// @param skew the exponent of Zipf's law by which objects are chosen
public record WorkloadOptions(
    OptionalInt keys,
    OptionalInt clientsPerKey,
    OptionalInt actionsPerKey,
    OptionalInt values,
    OptionalDouble skew) {
  private static final String NAMES = "keys, clients-per-key, ops-per-key, values, skew";

  /// All as usual.
  public static final WorkloadOptions NONE =
      new WorkloadOptions(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty());

  /// The options of a text such as `keys=5,ops-per-key=100`; of an empty one none.
  ///
  /// @throws IllegalArgumentException if it is not like that, saying how
  public static WorkloadOptions parse(String text) {
    WorkloadOptions options = NONE;
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int sign = part.indexOf('=');
      if (sign < 0) {
        throw new IllegalArgumentException(
            "an option of a workload is NAME=NUMBER with one of %s, not '%s'"
                .formatted(NAMES, part));
      }
      options = options.with(part.substring(0, sign), part.substring(sign + 1));
    }
    return options;
  }

  private WorkloadOptions with(String name, String number) {
    return switch (name) {
      case "keys" ->
          new WorkloadOptions(whole(name, number), clientsPerKey, actionsPerKey, values, skew);
      case "clients-per-key" ->
          new WorkloadOptions(keys, whole(name, number), actionsPerKey, values, skew);
      case "ops-per-key" ->
          new WorkloadOptions(keys, clientsPerKey, whole(name, number), values, skew);
      case "values" ->
          new WorkloadOptions(keys, clientsPerKey, actionsPerKey, whole(name, number), skew);
      case "skew" ->
          new WorkloadOptions(keys, clientsPerKey, actionsPerKey, values, exponent(number));
      default ->
          throw new IllegalArgumentException(
              "workloads have no option '%s'; they have %s".formatted(name, NAMES));
    };
  }

  private static OptionalInt whole(String name, String number) {
    try {
      int whole = Integer.parseInt(number);
      if (whole > 0) {
        return OptionalInt.of(whole);
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is a whole number from 1 up, not '%s'".formatted(name, number));
  }

  private static OptionalDouble exponent(String number) {
    try {
      double exponent = Double.parseDouble(number);
      if (exponent >= 0 && exponent <= Skew.MOST_EXPONENT) {
        return OptionalDouble.of(exponent);
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "skew is a number from 0 to %s, not '%s'".formatted(Skew.MOST_EXPONENT, number));
  }

  /// The plan that is usual, but for what somebody wants.
  KeyPlan applyTo(KeyPlan usual) {
    return new KeyPlan(
        keys.orElse(usual.keys()),
        clientsPerKey.orElse(usual.clientsPerKey()),
        actionsPerKey.orElse(usual.actionsPerKey()),
        usual.lifeNanos(),
        usual.most(),
        skew.isPresent() ? Skew.zipf(skew.getAsDouble()) : usual.skew());
  }
}
