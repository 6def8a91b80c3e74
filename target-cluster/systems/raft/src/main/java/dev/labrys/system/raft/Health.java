package dev.labrys.system.raft;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.labrys.cluster.Standing;
import java.io.IOException;
import java.util.Optional;

/// What a server answers when it is asked how it is.
///
/// @param clockMillis what it takes for the time, since 1970
record Health(Standing standing, long clockMillis) {
  private static final JsonFactory JSON = new JsonFactory();

  /// Reads an answer; empty if it is not one of ours.
  static Optional<Health> read(byte[] answer) {
    String role = "";
    long term = -1;
    long clockMillis = 0;
    try (JsonParser json = JSON.createParser(answer)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (name.equals("role") && value == JsonToken.VALUE_STRING) {
          role = json.getText();
        } else if (name.equals("term") && value == JsonToken.VALUE_NUMBER_INT) {
          term = json.getLongValue();
        } else if (name.equals("clock-millis") && value == JsonToken.VALUE_NUMBER_INT) {
          clockMillis = json.getLongValue();
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException notOurs) {
      return Optional.empty();
    }
    return term < 0
        ? Optional.empty()
        : Optional.of(new Health(new Standing(role.equals("leader"), term), clockMillis));
  }
}
