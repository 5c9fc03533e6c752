package io.crsql.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The story: three devices are in step in the morning, change the same table apart from one another
 * during the day, and merge in the evening. The story is written here; who wins is not: it is read
 * from the merged files.
 */
final class AnimalApp implements AutoCloseable {
  private static final List<String> OWNERS = List.of("Alice", "Bob", "Billy");

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE animal(name TEXT PRIMARY KEY, genus, species, habitat, diet)",
          "SELECT crsql_as_crr('animal')");

  private static final List<List<String>> YESTERDAY =
      List.of(
          List.of(
              "INSERT INTO animal VALUES('moose', 'Alces', 'alces', 'forest', 'twigs')",
              "INSERT INTO animal VALUES('red fox', 'Vulpes', 'vulpes', 'meadow', 'mice')"),
          List.of("INSERT INTO animal VALUES('otter', 'Lutra', 'lutra', 'river', 'fish')"),
          List.of("INSERT INTO animal VALUES('marmot', 'Marmota', 'marmota', 'scree', 'grass')"));

  private static final List<List<String>> TODAY =
      List.of(
          List.of(
              "UPDATE animal SET diet = 'voles' WHERE name = 'red fox'",
              "UPDATE animal SET habitat = 'lake shore' WHERE name = 'moose'",
              "UPDATE animal SET habitat = 'den' WHERE name = 'marmot'",
              "UPDATE animal SET diet = 'crayfish' WHERE name = 'otter'",
              "INSERT INTO animal VALUES('heron', 'Ardea', 'cinerea', 'reeds', 'frogs')"),
          List.of(
              "UPDATE animal SET diet = 'blueberries' WHERE name = 'red fox'",
              "UPDATE animal SET diet = 'water lilies' WHERE name = 'moose'",
              "DELETE FROM animal WHERE name = 'otter'",
              "INSERT INTO animal VALUES('otter', 'Lutra', 'lutra', 'beaver pond', 'trout')",
              "INSERT INTO animal VALUES('badger', 'Meles', 'meles', 'sett', 'worms')"),
          List.of(
              "DELETE FROM animal WHERE name = 'marmot'",
              "INSERT INTO animal VALUES('heron', 'Ardea', 'cinerea', 'river', 'fish')",
              "UPDATE animal SET diet = 'eels' WHERE name = 'heron'"));

  private final List<Device> devices = new ArrayList<>();
  private final Verdicts verdicts = new Verdicts();
  private final Path folder;
  private final Page page;

  private AnimalApp(Path folder, Page page) throws SQLException {
    this.folder = folder;
    this.page = page;
    for (String owner : OWNERS) {
      if (Files.exists(file(folder, owner))) {
        throw new Failure(file(folder, owner) + ": is there already; name another folder");
      }
    }
    for (String owner : OWNERS) {
      devices.add(Device.create(owner, file(folder, owner)));
    }
  }

  /** The person's database file. */
  static Path file(Path folder, String owner) {
    return folder.resolve(owner.toLowerCase(Locale.ROOT) + ".db");
  }

  static List<Path> files(Path folder) {
    return OWNERS.stream().map(owner -> file(folder, owner)).toList();
  }

  /** Plays it, with the database files in a folder. */
  static void play(Path folder, Page page) throws SQLException {
    try (AnimalApp app = new AnimalApp(folder, page)) {
      app.morning();
      app.day();
      app.evening();
      app.verdicts();
      app.result();
    }
  }

  private void morning() throws SQLException {
    page.line("The Animal App: three people, three database files, no server");
    page.heading("1. Morning, at the hostel");
    page.text(
        "Alice, Bob and Billy each carry a copy of the Animal App: an SQLite file of their own,",
        "with one table that a single call makes a replicated one. A file's site id tells its writes",
        "from those of others.",
        "");
    SCHEMA.forEach(sql -> page.text("  " + sql + ";"));
    page.text("", "In " + folder + ":");
    for (int i = 0; i < devices.size(); i++) {
      Device device = devices.get(i);
      device.run(SCHEMA);
      device.run(YESTERDAY.get(i));
      String name = file(folder, device.owner()).getFileName().toString();
      page.text(String.format("%-5s  %-8s  site %s", device.owner(), name, device.site()));
    }
    page.text(
        "",
        "They enter what they saw yesterday and sync: rows of the table crsql_changes are read from",
        "one file and inserted into the same table of another.",
        "");
    sync();
    for (Device device : devices) {
      device.part();
    }
    page.text("");
    page.table(animals());
  }

  private void day() throws SQLException {
    page.heading("2. The day: no signal, and everybody writes to their own file");
    for (int i = 0; i < devices.size(); i++) {
      devices.get(i).run(TODAY.get(i));
      page.text(devices.get(i).owner());
      TODAY.get(i).forEach(sql -> page.text("  " + sql + ";"));
      verdicts.collect(devices.get(i));
    }
    page.text("", "What each has at dusk (habitat / diet):", "");
    page.table(notebooks());
    page.text("");
    fingerprints();
  }

  private void evening() throws SQLException {
    page.heading("3. Evening: they sync two at a time, each pair on its own");
    sync();
  }

  /** Alice and Bob, Bob and Billy, Alice and Bob again: Alice and Billy never meet. */
  private void sync() throws SQLException {
    meet(devices.get(0), devices.get(1));
    meet(devices.get(1), devices.get(2));
    meet(devices.get(0), devices.get(1));
  }

  private void meet(Device one, Device other) throws SQLException {
    long toOther = one.tell(other);
    long toOne = other.tell(one);
    page.text(
        String.format(
            "%-5s <-> %-5s  %s gets %s, %s gets %s",
            one.owner(),
            other.owner(),
            one.owner(),
            Words.count(toOne, "change"),
            other.owner(),
            Words.count(toOther, "change")));
  }

  private void verdicts() throws SQLException {
    page.heading("4. What became of the animals that more than one of them wrote to");
    page.text(
        "Every device decides by itself, by the same three rules, whatever came first:",
        "  a. A row has lives: 1 when inserted, 2 when deleted, 3 when inserted again, and so on.",
        "     The larger one wins (the causal length); what was written in an older life goes with it.",
        "  b. Within a life each column is decided on its own: the larger version wins. A version is",
        "     the file's count of writes, and is always above all versions that the file has seen.",
        "  c. Of equal versions, that of the larger site id.");
    verdicts.print(devices.get(0), page);
  }

  private void result() throws SQLException {
    page.heading("5. The result");
    page.table(animals());
    page.text("");
    if (fingerprints() > 1) {
      throw new Failure("the three fingerprints differ: the files have not converged");
    }
    page.text(
        "",
        page.good("The three fingerprints are equal:")
            + " same rows, same versions, on every device.");
  }

  private TextTable animals() throws SQLException {
    TextTable table = new TextTable("name", "genus", "species", "habitat", "diet");
    String sql = "SELECT name, genus, species, habitat, diet FROM animal ORDER BY name";
    try (PreparedStatement statement = devices.get(0).database().prepare(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        table.add(
            rows.getString(1),
            rows.getString(2),
            rows.getString(3),
            rows.getString(4),
            rows.getString(5));
      }
    }
    return table;
  }

  private TextTable notebooks() throws SQLException {
    Set<String> names = new TreeSet<>();
    for (Device device : devices) {
      names.addAll(device.animals());
    }
    TextTable table = new TextTable("name", "Alice", "Bob", "Billy");
    for (String name : names) {
      List<String> cells = new ArrayList<>(List.of(name));
      for (Device device : devices) {
        cells.add(device.entry(name));
      }
      table.add(cells.toArray(new String[0]));
    }
    return table;
  }

  /** Prints them, and gives how many different ones there are. */
  private int fingerprints() throws SQLException {
    Set<String> different = new HashSet<>();
    for (Device device : devices) {
      String fingerprint = device.database().fingerprint();
      different.add(fingerprint);
      page.text(String.format("%-5s  fingerprint %s", device.owner(), fingerprint));
    }
    return different.size();
  }

  @Override
  public void close() throws SQLException {
    for (Device device : devices) {
      device.close();
    }
  }
}
