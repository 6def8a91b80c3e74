package dev.labrys.lab;

/// One run of a test.
public final class LabRun {
  private LabRun() {}
}
