package io.crsql.example.desktop;

import java.sql.SQLException;
import java.util.List;
import javax.swing.table.AbstractTableModel;

/**
 * The tickets as a table's rows, of which status and note can be edited. For Swing's thread only.
 */
final class TicketTable extends AbstractTableModel {
  static final int STATUS = 1;
  static final int NOTE = 2;

  private static final long serialVersionUID = 1;
  private static final List<String> NAMES = List.of("Ticket", "Status", "Note");

  private final transient TicketBook book;
  private transient List<Ticket> tickets;

  TicketTable(TicketBook book) {
    this.book = book;
    tickets = read();
  }

  /** Shows what the database has now. */
  void refresh() {
    tickets = read();
    fireTableDataChanged();
  }

  private List<Ticket> read() {
    try {
      return book.all();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int getRowCount() {
    return tickets.size();
  }

  @Override
  public int getColumnCount() {
    return NAMES.size();
  }

  @Override
  public String getColumnName(int column) {
    return NAMES.get(column);
  }

  @Override
  public boolean isCellEditable(int row, int column) {
    return column == STATUS || column == NOTE;
  }

  @Override
  public Object getValueAt(int row, int column) {
    Ticket ticket = tickets.get(row);
    return switch (column) {
      case STATUS -> ticket.status();
      case NOTE -> ticket.note();
      default -> ticket.title();
    };
  }

  @Override
  public void setValueAt(Object value, int row, int column) {
    String id = tickets.get(row).id();
    try {
      if (column == STATUS) {
        book.setStatus(id, String.valueOf(value));
      } else {
        book.setNote(id, String.valueOf(value));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
