package io.crsql.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of JSON as maps of texts, numbers and maps, in the order in which they stand. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static Map<String, Object> parse(String line) {
    try (JsonParser parser = FACTORY.createParser(line)) {
      parser.nextToken();
      return object(parser);
    } catch (IOException e) {
      throw new Failure("not a line of results: " + line);
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object.put(name, object(parser));
      } else if (token.isNumeric()) {
        object.put(name, parser.getNumberValue());
      } else {
        object.put(name, parser.getText());
      }
    }
    return object;
  }

  static String line(Map<?, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Map<?, ?> object) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      generator.writeFieldName(entry.getKey().toString());
      if (entry.getValue() instanceof Map<?, ?> inner) {
        write(generator, inner);
      } else if (entry.getValue() instanceof Number number) {
        generator.writeNumber(number.toString());
      } else {
        generator.writeString(entry.getValue().toString());
      }
    }
    generator.writeEndObject();
  }
}
