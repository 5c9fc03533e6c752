package io.crsql.example.desktop;

import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.sql.SQLException;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** Opens the window; see {@code ./crsql example desktop}. */
public final class Main {
  private static final Dimension SIZE = new Dimension(640, 400);

  private Main() {}

  /**
   * Starts the program.
   *
   * @param args the database's file, and the URL of a hub to sync it with; the environment's
   *     TICKETS_TOKEN gives access there
   */
  public static void main(String[] args) throws SQLException {
    if (GraphicsEnvironment.isHeadless()) {
      System.err.println(
          "tickets: there is no display, or this Java cannot use it; on Debian: apt-get install"
              + " openjdk-17-jre");
      System.exit(1);
    }
    String file = args.length > 0 ? args[0] : "tickets-desktop.db";
    String url = "jdbc:crsql:" + file + (args.length > 1 ? "?sync=" + args[1] : "");
    TicketBook book = new TicketBook(url, System.getenv("TICKETS_TOKEN"));
    SwingUtilities.invokeLater(() -> show(book, file));
  }

  private static void show(TicketBook book, String file) {
    JFrame frame = new JFrame("Tickets: " + file);
    frame.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
    frame.setContentPane(new TicketPanel(book));
    frame.setSize(SIZE);
    frame.setLocationByPlatform(true);
    frame.setVisible(true);
  }
}
