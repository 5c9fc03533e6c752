package io.crsql.example.service;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tickets in the database: plain SQL, with nothing in it about syncing. */
@Repository
class Tickets {
  private final JdbcTemplate sql;

  Tickets(JdbcTemplate sql) {
    this.sql = sql;
  }

  List<Ticket> all() {
    return sql.query(
        "SELECT id, title, status, note FROM ticket ORDER BY title, id",
        new DataClassRowMapper<>(Ticket.class));
  }

  String open(String title) {
    // Keys must be unique on every device, so each makes its own at random.
    String id = UUID.randomUUID().toString();
    sql.update("INSERT INTO ticket(id, title) VALUES(?, ?)", id, title);
    return id;
  }

  /** False if there is no such ticket. */
  boolean setStatus(String id, String status) {
    return sql.update("UPDATE ticket SET status = ? WHERE id = ?", status, id) > 0;
  }

  /** False if there is no such ticket. */
  boolean setNote(String id, String note) {
    return sql.update("UPDATE ticket SET note = ? WHERE id = ?", note, id) > 0;
  }
}
