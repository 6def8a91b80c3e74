package dev.labrys.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The published schema of plans, and what of JSON Schema it makes use of.
final class PlanSchema {
  private static final Path FILE = Path.of("..", "docs", "plan.schema.json");

  private final Yaml.Fields whole;

  private PlanSchema(Yaml.Fields whole) {
    this.whole = whole;
  }

  /// JSON is YAML.
  static PlanSchema read() throws IOException {
    return new PlanSchema((Yaml.Fields) YamlReader.read(Files.readString(FILE)));
  }

  /// The part that a path of names, or of numbers from 0, leads to.
  Yaml part(String... path) {
    Yaml part = whole;
    for (String name : path) {
      part =
          part instanceof Yaml.Items(int _, List<Yaml> items)
              ? items.get(Integer.parseInt(name))
              : field(part, name);
    }
    return part;
  }

  private static Yaml field(Yaml part, String name) {
    return Optional.ofNullable(((Yaml.Fields) part).fields().get(name)).orElseThrow();
  }

  boolean allows(Yaml value) {
    return allows(whole, value);
  }

  private boolean allows(Yaml.Fields schema, Yaml value) {
    return schema.fields().entrySet().stream()
        .allMatch(rule -> obeys(schema, rule.getKey(), rule.getValue(), value));
  }

  private boolean obeys(Yaml.Fields schema, String rule, Yaml said, Yaml value) {
    return switch (rule) {
      case "$schema", "$defs", "title", "description" -> true;
      case "$ref" -> allows((Yaml.Fields) part(text(said).substring(2).split("/")), value);
      case "type" -> isOfType(text(said), value);
      case "oneOf" ->
          ((Yaml.Items) said)
                  .items().stream().filter(one -> allows((Yaml.Fields) one, value)).count()
              == 1;
      case "required" ->
          !(value instanceof Yaml.Fields fields)
              || ((Yaml.Items) said)
                  .items().stream().allMatch(name -> fields.fields().containsKey(text(name)));
      case "additionalProperties" ->
          !(value instanceof Yaml.Fields fields)
              || ((Yaml.Fields) field(schema, "properties"))
                  .fields()
                  .keySet()
                  .containsAll(fields.fields().keySet());
      case "properties" ->
          !(value instanceof Yaml.Fields fields)
              || areAllowed(((Yaml.Fields) said).fields(), fields);
      case "items" ->
          !(value instanceof Yaml.Items(int _, List<Yaml> items))
              || items.stream().allMatch(item -> allows((Yaml.Fields) said, item));
      case "minItems" ->
          !(value instanceof Yaml.Items(int _, List<Yaml> items))
              || items.size() >= Integer.parseInt(text(said));
      case "pattern" -> text(value).matches(text(said));
      case "minimum" -> Long.parseLong(text(value)) >= Long.parseLong(text(said));
      case "maximum" -> Long.parseLong(text(value)) <= Long.parseLong(text(said));
      default -> throw new AssertionError("the schema says more than is understood: " + rule);
    };
  }

  private boolean areAllowed(Map<String, Yaml> properties, Yaml.Fields fields) {
    return properties.entrySet().stream()
        .allMatch(each ->
            Optional.ofNullable(fields.fields().get(each.getKey()))
                .map(value -> allows((Yaml.Fields) each.getValue(), value))
                .orElse(true));
  }

  private static boolean isOfType(String type, Yaml value) {
    return switch (type) {
      case "object" -> value instanceof Yaml.Fields;
      case "array" -> value instanceof Yaml.Items;
      case "string" -> value instanceof Yaml.Text;
      case "integer" -> value instanceof Yaml.Text(int _, String text) && text.matches("\\d{1,18}");
      default -> throw new AssertionError("the schema says more than is understood: " + type);
    };
  }

  static String text(Yaml value) {
    return ((Yaml.Text) value).text();
  }
}
