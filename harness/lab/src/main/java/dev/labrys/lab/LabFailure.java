package dev.labrys.lab;

/// A cluster did not do what a test of the labs asks of it.
public final class LabFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LabFailure(String reason) {
    super(reason);
  }

  public LabFailure(String reason, Throwable cause) {
    super(reason, cause);
  }
}
