package dev.labrys.cluster;

import dev.labrys.history.Outcome;

/// What a client has to say of an action in the end.
///
/// @param outcome what is known of it
/// @param remark why it is not better, in a few words for people; empty if all went well
public record Reply(Outcome outcome, String remark) {

  /// All went well.
  public static Reply of(Outcome.Ok ok) {
    return new Reply(ok, "");
  }

  /// It certainly did not and never will take effect.
  public static Reply failed(String why) {
    return new Reply(Outcome.failed(), why);
  }

  /// It may have taken effect, may do so later, or never.
  public static Reply unknown(String why) {
    return new Reply(Outcome.unknown(), why);
  }
}
