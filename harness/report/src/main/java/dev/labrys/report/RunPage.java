package dev.labrys.report;

import java.io.IOException;
import java.io.OutputStream;

public final class RunPage {
  private RunPage() {}

  public static void write(RunReport report, OutputStream out) throws IOException {}
}
