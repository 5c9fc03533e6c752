package io.crsql.example.desktop;

import java.awt.BorderLayout;
import java.sql.SQLException;
import javax.swing.BorderFactory;
import javax.swing.DefaultCellEditor;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

/** What is in the window: the tickets, and a line to open a new one. */
final class TicketPanel extends JPanel {
  private static final long serialVersionUID = 1;
  private static final int GAP = 8;
  private static final int ROW_HEIGHT = 26;

  final JTextField title = new JTextField();
  final JButton open = new JButton("Open");
  final JTable table;

  TicketPanel(TicketBook book) {
    super(new BorderLayout(GAP, GAP));
    setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
    TicketTable tickets = new TicketTable(book);
    table = new JTable(tickets);
    table.setRowHeight(ROW_HEIGHT);
    JComboBox<String> states = new JComboBox<>(new String[] {"open", "in work", "done"});
    table
        .getColumnModel()
        .getColumn(TicketTable.STATUS)
        .setCellEditor(new DefaultCellEditor(states));
    JPanel line = new JPanel(new BorderLayout(GAP, GAP));
    line.add(title, BorderLayout.CENTER);
    line.add(open, BorderLayout.EAST);
    add(line, BorderLayout.NORTH);
    add(new JScrollPane(table), BorderLayout.CENTER);
    open.addActionListener(e -> open(book));
    title.addActionListener(e -> open(book));
    // Whoever has written: this window, another program, or another device.
    book.onChange(() -> SwingUtilities.invokeLater(tickets::refresh));
  }

  private void open(TicketBook book) {
    if (!title.getText().isBlank()) {
      try {
        book.open(title.getText().strip());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      title.setText("");
    }
  }
}
