package io.crsql.cli;

import java.nio.file.Path;
import java.util.Locale;

/** A status as people read it. */
final class StatusPage {
  private final Page page;
  private final Path file;

  StatusPage(Page page, Path file) {
    this.page = page;
    this.file = file;
  }

  void print(long bytes, Status status) {
    page.line(page.strong(file.toString()));
    field("size", Words.bytes(bytes));
    field("crsql", status.crsql() + ", SQLite " + status.sqlite());
    if (status.site() == null) {
      page.text("", "Nothing is replicated yet. Begin with: crsql as-crr " + file + " TABLE");
      return;
    }
    field("site", status.site());
    field("clock", number(status.clock()));
    if (status.fingerprint() != null) {
      field("fingerprint", status.fingerprint());
    }
    tables(status);
    sites(status);
    waiting(status);
  }

  private void field(String name, String value) {
    page.text(String.format("%-11s  %s", name, value));
  }

  private void tables(Status status) {
    page.heading("Replicated tables");
    TextTable table =
        new TextTable("table", "rows", "changes", "entries", "not folded", "held")
            .numbers(1, 2, 3, 4, 5);
    for (Status.Table each : status.tables()) {
      table.add(
          each.name(),
          each.present() ? number(each.rows()) : "gone",
          each.changes() == null ? "?" : number(each.changes()),
          number(each.entries()),
          number(each.unfolded()),
          number(each.held()));
    }
    page.table(table);
    if (status.tables().isEmpty()) {
      page.text("none");
    }
  }

  private void sites(Status status) {
    page.heading("Sites");
    TextTable table =
        new TextTable("site", "its writes up to", "all it held until", "").numbers(1, 2);
    for (Status.Site site : status.sites()) {
      table.add(site.id(), number(site.version()), number(site.arrival()), note(site));
    }
    page.table(table);
  }

  private static String note(Status.Site site) {
    if (site.own()) {
      return "this file";
    }
    return site.version() == 0 && site.arrival() == 0 ? "by single changes only" : "";
  }

  private void waiting(Status status) {
    if (status.held() == 0 && status.parked() == 0) {
      return;
    }
    page.heading("Waiting");
    if (status.held() > 0) {
      page.text(
          Words.count(status.held(), "row")
              + " held aside, which their table refuses for now: SELECT * FROM crsql_held");
    }
    if (status.parked() > 0) {
      page.text(
          Words.count(status.parked(), "change")
              + " parked, of tables or columns that are not here yet: SELECT * FROM crsql_parked");
    }
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
