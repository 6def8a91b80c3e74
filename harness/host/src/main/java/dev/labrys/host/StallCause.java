package dev.labrys.host;

/// Why a sleep was too long, as far as the machine tells.
public enum StallCause {
  /// The collector of this JVM stopped its threads.
  GARBAGE_COLLECTION("garbage collection"),
  /// The processes' share of processor time was used up (cgroup).
  THROTTLED("throttled by the cgroup"),
  /// The host of this virtual machine ran somebody else.
  STOLEN("stolen by the host of this virtual machine"),
  /// The wall clock went on while the monotonic one did not, or was set.
  CLOCK_JUMPED("the machine was suspended, or its clock was set"),
  /// Others wanted the processors as well.
  PRESSURE("others wanted the processor"),
  UNKNOWN("cause unknown");

  private final String meaning;

  StallCause(String meaning) {
    this.meaning = meaning;
  }

  /// In words.
  public String meaning() {
    return meaning;
  }
}
