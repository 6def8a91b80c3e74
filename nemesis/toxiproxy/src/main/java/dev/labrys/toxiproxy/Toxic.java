package dev.labrys.toxiproxy;

/// A toxic as its user set it: what is done, to which stream, and how likely to a connection.
///
/// @param stream the direction, as the user wrote it
/// @param toxicity the probability with which it acts on a connection
record Toxic(
    String name,
    ToxicType type,
    Direction direction,
    String stream,
    float toxicity,
    Attributes attributes) {

  Toxic with(float newToxicity, Attributes newAttributes) {
    return new Toxic(name, type, direction, stream, newToxicity, newAttributes);
  }
}
