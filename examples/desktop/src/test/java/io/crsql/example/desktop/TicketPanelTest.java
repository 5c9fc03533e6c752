package io.crsql.example.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketPanelTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  @TempDir Path dir;

  /** Waits until something holds on Swing's thread. */
  static void await(Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + PATIENCE;
    boolean[] held = new boolean[1];
    while (!held[0]) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      SwingUtilities.invokeAndWait(
          () -> {
            try {
              held[0] = holds.call();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });
      Thread.sleep(5);
    }
  }

  @Test
  void panel_showsWhatAnyoneWrites() throws Exception {
    String url = "jdbc:crsql:" + dir.resolve("tickets.db");
    try (TicketBook book = new TicketBook(url, null)) {
      TicketPanel[] panel = new TicketPanel[1];
      SwingUtilities.invokeAndWait(() -> panel[0] = new TicketPanel(book));
      SwingUtilities.invokeAndWait(
          () -> {
            panel[0].title.setText(" The printer jams ");
            panel[0].open.doClick();
          });
      await(() -> panel[0].table.getRowCount() == 1);
      assertThat(panel[0].table.getValueAt(0, 0)).isEqualTo("The printer jams");
      assertThat(panel[0].table.getValueAt(0, TicketTable.STATUS)).isEqualTo("open");
      assertThat(panel[0].title.getText()).isEmpty();
      SwingUtilities.invokeAndWait(() -> panel[0].table.setValueAt("done", 0, TicketTable.STATUS));
      await(() -> "done".equals(panel[0].table.getValueAt(0, TicketTable.STATUS)));
      write(url, "UPDATE ticket SET note = 'by another program'");
      await(() -> "by another program".equals(panel[0].table.getValueAt(0, TicketTable.NOTE)));
    }
  }

  private static void write(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
