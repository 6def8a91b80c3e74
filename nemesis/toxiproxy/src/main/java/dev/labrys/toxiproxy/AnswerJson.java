package dev.labrys.toxiproxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What the API says in JSON.
final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string takes everything", impossible);
    }
    return text.toString();
  }

  static String proxy(Proxy proxy) {
    return text(json -> write(proxy, json));
  }

  /// An object of all of them, by name.
  static String proxies(Collection<Proxy> proxies) {
    return text(json -> {
      json.writeStartObject();
      for (Proxy proxy : proxies) {
        json.writeFieldName(proxy.name());
        write(proxy, json);
      }
      json.writeEndObject();
    });
  }

  /// What was populated; null if that is nothing.
  static String populated(List<Proxy> proxies) {
    return text(json -> {
      json.writeStartObject();
      writeList(proxies, json);
      json.writeEndObject();
    });
  }

  /// What was populated before it went wrong.
  static String populated(List<Proxy> proxies, ApiException wrong) {
    return text(json -> {
      json.writeStartObject();
      json.writeStringField("error", wrong.text());
      json.writeNumberField("status", wrong.status());
      writeList(proxies, json);
      json.writeEndObject();
    });
  }

  private static void writeList(List<Proxy> proxies, JsonGenerator json) throws IOException {
    json.writeFieldName("proxies");
    if (proxies.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (Proxy proxy : proxies) {
      write(proxy, json);
    }
    json.writeEndArray();
  }

  static String toxic(Toxic toxic) {
    return text(json -> write(toxic, json));
  }

  static String toxics(List<Toxic> toxics) {
    return text(json -> writeAll(toxics, json));
  }

  static String error(ApiException wrong) {
    return text(json -> {
      json.writeStartObject();
      json.writeStringField("error", wrong.text());
      json.writeNumberField("status", wrong.status());
      json.writeEndObject();
    });
  }

  private static void write(Proxy proxy, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", proxy.name());
    json.writeStringField("listen", proxy.listen());
    json.writeStringField("upstream", proxy.upstream());
    json.writeBooleanField("enabled", proxy.isEnabled());
    json.writeFieldName("toxics");
    writeAll(proxy.toxics(), json);
    json.writeEndObject();
  }

  private static void writeAll(List<Toxic> toxics, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Toxic toxic : toxics) {
      write(toxic, json);
    }
    json.writeEndArray();
  }

  private static void write(Toxic toxic, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, Long> attribute : toxic.attributes().values().entrySet()) {
      json.writeNumberField(attribute.getKey(), attribute.getValue());
    }
    for (Map.Entry<String, String> attribute : toxic.attributes().words().entrySet()) {
      json.writeStringField(attribute.getKey(), attribute.getValue());
    }
    json.writeEndObject();
    json.writeStringField("name", toxic.name());
    json.writeStringField("type", toxic.type().word());
    json.writeStringField("stream", toxic.stream());
    json.writeFieldName("toxicity");
    json.writeNumber(shortest(toxic.toxicity()));
    json.writeEndObject();
  }

  /// 1 and not 1.0; 0.3 although no such number fits into 32 bits.
  private static String shortest(float number) {
    return new BigDecimal(Float.toString(number)).stripTrailingZeros().toPlainString();
  }
}
