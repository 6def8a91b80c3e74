package dev.labrys.runner;

import dev.labrys.cluster.Address;
import dev.labrys.experiment.LinkPlan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where a Toxiproxy listens: `http://127.0.0.1:8474`.
final class ToxiproxyArgument implements ITypeConverter<Address> {
  @Override
  public Address convert(String text) {
    try {
      return LinkPlan.Server.of(text).api();
    } catch (IllegalArgumentException strange) {
      throw new TypeConversionException(strange.getMessage());
    }
  }
}
