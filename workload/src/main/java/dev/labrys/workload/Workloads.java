package dev.labrys.workload;

import java.util.List;

public final class Workloads {
  private Workloads() {}

  public record Named(String name, String summary) {}

  public static Workload named(String name) {
    return Workload.casRegister(10, 5);
  }

  public static List<Named> all() {
    return List.of(new Named("cas-register", "registers"));
  }
}
