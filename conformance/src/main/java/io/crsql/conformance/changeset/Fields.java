package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a changeset or a version vector in their order, any of which can be put wrong. */
public final class Fields {
  private final Map<String, byte[]> fields = new LinkedHashMap<>();

  /** None. */
  Fields() {}

  void add(String name, byte[] bytes) {
    if (fields.put(name, bytes) != null) {
      throw new IllegalArgumentException(name);
    }
  }

  /** The names, in the fields' order. */
  public List<String> names() {
    return new ArrayList<>(fields.keySet());
  }

  /** A copy with other bytes in one field; none leave it out. */
  public Fields with(String name, byte[] bytes) {
    Fields copy = new Fields();
    copy.fields.putAll(fields);
    if (copy.fields.put(name, bytes) == null) {
      throw new IllegalArgumentException(name);
    }
    return copy;
  }

  /** How many bytes there are up to the end of a field. */
  public int endOf(String name) {
    int end = 0;
    for (Map.Entry<String, byte[]> field : fields.entrySet()) {
      end += field.getValue().length;
      if (field.getKey().equals(name)) {
        return end;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** All bytes, but for the check. */
  public byte[] bytes() {
    byte[] all = {};
    for (byte[] field : fields.values()) {
      all = Encoding.join(all, field);
    }
    return all;
  }

  /** The blob with its check. */
  public Blob blob() {
    return Encoding.checked(bytes());
  }
}
