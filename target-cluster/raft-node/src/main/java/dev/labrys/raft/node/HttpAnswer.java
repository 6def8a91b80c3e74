package dev.labrys.raft.node;

import dev.labrys.raft.ServerId;

/// What an HTTP client is told.
///
/// @param location where to ask instead; empty if nowhere
record HttpAnswer(int code, String body, String location) {

  HttpAnswer(int code, String body) {
    this(code, body, "");
  }

  static HttpAnswer of(int code, AnswerJson.Writing fields) {
    return new HttpAnswer(code, AnswerJson.object(fields));
  }

  /// It did not happen and never will.
  static HttpAnswer refused(int code, String reason, String meaning) {
    return of(
        code,
        json -> {
          json.writeStringField("outcome", "refused");
          json.writeStringField("reason", reason);
          json.writeStringField("meaning", meaning);
        });
  }

  /// Nobody can say.
  static HttpAnswer unknown(String reason, String meaning) {
    return of(
        504,
        json -> {
          json.writeStringField("outcome", "unknown");
          json.writeStringField("reason", reason);
          json.writeStringField("meaning", meaning);
        });
  }

  /// Another server leads.
  static HttpAnswer redirect(ServerId leader, String location) {
    return new HttpAnswer(
        307,
        AnswerJson.object(json -> {
          json.writeStringField("outcome", "refused");
          json.writeStringField("reason", Reply.NOT_LEADER);
          json.writeStringField("leader", leader.toString());
          json.writeStringField("location", location);
        }),
        location);
  }

  /// It is done, and there is nothing to tell.
  static HttpAnswer done() {
    return of(200, json -> json.writeStringField("outcome", "ok"));
  }
}
