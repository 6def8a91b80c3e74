package dev.labrys.toxiproxy;

import java.util.Optional;

/// What clients say of a toxic, checked in the order in which Toxiproxy complains.
final class ToxicRequest {

  private ToxicRequest() {}

  /// The toxic that `fields` ask for.
  static Toxic added(Json.Fields fields, Proxy proxy) throws ApiException {
    Optional<String> name = fields.text("name");
    String stream = fields.text("stream").orElse("downstream");
    String word = fields.text("type").orElse("");
    Optional<Float> toxicity = fields.real("toxicity");
    Json.Fields attributes = fields.object("attributes");
    Direction direction =
        Direction.parse(stream)
            .orElseThrow(() ->
                new ApiException(400, "stream was invalid, can be either upstream or downstream"));
    ToxicType type =
        ToxicType.named(word).orElseThrow(() -> new ApiException(400, "invalid toxic type"));
    String chosen = name.filter(given -> !given.isEmpty()).orElse(word + "_" + stream);
    if (proxy.toxic(chosen).isPresent()) {
      throw new ApiException(409, "toxic already exists");
    }
    Attributes chosenAttributes = type.zeroAttributes().with(attributes);
    type.check(chosenAttributes);
    return new Toxic(chosen, type, direction, stream, toxicity.orElse(1f), chosenAttributes);
  }

  /// `toxic` as `fields` want it to be; what they don't say stays.
  static Toxic updated(Json.Fields fields, Toxic toxic) throws ApiException {
    float toxicity = fields.real("toxicity").orElse(toxic.toxicity());
    Attributes attributes = toxic.attributes().with(fields.object("attributes"));
    toxic.type().check(attributes);
    return toxic.with(toxicity, attributes);
  }
}
