package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads crsql_changes with a condition, which must give what reading all and filtering gives.
 *
 * @param peer the replica
 * @param pick draws the condition
 */
record Filter(int peer, long pick) implements Op {
  private record Condition(String sql, List<Object> params, Predicate<Message> holds) {}

  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    Peer at = world.peer(peer);
    List<Message> all = at.read("");
    if (all.isEmpty()) {
      return;
    }
    Rng rng = new Rng(pick);
    Condition one = condition(rng, rng.of(all), at.site());
    Condition other = condition(rng, rng.of(all), at.site());
    boolean both = rng.percent(40);
    String where = " WHERE " + one.sql + (both ? " AND " + other.sql : "");
    List<Object> params = new ArrayList<>(one.params);
    if (both) {
      params.addAll(other.params);
    }
    List<Message> expected =
        all.stream().filter(m -> one.holds.test(m) && (!both || other.holds.test(m))).toList();
    List<Message> actual = at.read(where, params.toArray());
    Comparison.same("filter", peer + where + " " + params, actual, expected);
    world.statistics().count("filtered reads");
  }

  private static Condition condition(Rng rng, Message some, String own) {
    long version = some.change().stamp().version() + rng.between(-1, 1);
    long at = some.at() + rng.between(-1, 1);
    String site = some.change().stamp().site();
    String table = some.change().table().name();
    return switch (rng.below(10)) {
      case 0 -> number("version >", version, m -> m.change().stamp().version() > version);
      case 1 -> number("version >=", version, m -> m.change().stamp().version() >= version);
      case 2 -> number("version =", version, m -> m.change().stamp().version() == version);
      case 3 -> number("db_version >", at, m -> m.at() > at);
      case 4 -> number("db_version <=", at, m -> m.at() <= at);
      case 5 -> number("db_version =", at, m -> m.at() == at);
      case 6 -> number("db_version <", at, m -> m.at() < at);
      case 7 ->
          new Condition("site_id IS NULL", List.of(), m -> m.change().stamp().site().equals(own));
      case 8 ->
          new Condition(
              "site_id = ?",
              List.of(new Blob(site)),
              m -> !site.equals(own) && m.change().stamp().site().equals(site));
      default ->
          new Condition(
              "\"table\" = ?", List.of(table), m -> m.change().table().name().equals(table));
    };
  }

  private static Condition number(String sql, long bound, Predicate<Message> holds) {
    return new Condition(sql + " ?", List.of(bound), holds);
  }

  @Override
  public String toString() {
    return peer + ": reads crsql_changes filtered (pick " + pick + ")";
  }
}
