package dev.labrys.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whose something is, in a few letters: for things that bear a name and nothing more.
///
/// It tells what a [KnownProcess] tells, where and when it runs as digests. So nobody learns from a
/// mark who made a thing, but whoever is at the same place learns whether that process is gone.
///
/// @param text letters, digits and `_`; unlike that of any other run
public record RunMark(String text) {
  private static final int DIGEST_BYTES = 8;
  private static final Pattern SHAPE =
      Pattern.compile("(?<place>[0-9a-f]{16})_(?<pid>\\d{1,18})_(?<started>[0-9a-f]{16})_\\d{1,18}");
  private static final AtomicLong COUNT = new AtomicLong();

  public RunMark {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not the mark of a run: " + text);
    }
  }

  /// That of a run of this JVM, which no other has.
  public static RunMark next() {
    return of(KnownProcess.self(), COUNT.incrementAndGet());
  }

  static RunMark of(KnownProcess runner, long count) {
    return new RunMark(
        "%s_%d_%s_%d"
            .formatted(digest(runner.place()), runner.pid(), digest(runner.started()), count));
  }

  /// The mark that is written so; empty if that is none.
  public static Optional<RunMark> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new RunMark(text)) : Optional.empty();
  }

  /// Whether whoever made the thing has certainly ended. Of what was made on another machine or in
  /// a container nobody here can tell.
  public boolean isGone() {
    Matcher parts = parts();
    if (!isHere(parts)) {
      return false;
    }
    return ProcessHandle.of(Long.parseLong(parts.group("pid")))
        .map(KnownProcess::of)
        .filter(found -> digest(found.started()).equals(parts.group("started")))
        .map(KnownProcess::isGone)
        .orElse(true);
  }

  /// Whether a clean-up of that extent takes the thing.
  public boolean isIn(Sweep sweep) {
    return switch (sweep) {
      case ORPHANS -> isGone();
      case ALL -> isHere(parts());
    };
  }

  private Matcher parts() {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException("this was checked: " + text);
    }
    return parts;
  }

  private static boolean isHere(Matcher parts) {
    return digest(KnownProcess.self().place()).equals(parts.group("place"));
  }

  private static String digest(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException broken) {
      throw new IllegalStateException("every JDK has SHA-256", broken);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
