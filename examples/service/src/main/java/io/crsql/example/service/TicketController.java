package io.crsql.example.service;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The service over HTTP; the page in static/index.html uses it. */
@RestController
class TicketController {
  private final Tickets tickets;
  private final LiveUpdates updates;

  TicketController(Tickets tickets, LiveUpdates updates) {
    this.tickets = tickets;
    this.updates = updates;
  }

  @GetMapping("/tickets")
  List<Ticket> all() {
    return tickets.all();
  }

  @PostMapping("/tickets")
  @ResponseStatus(HttpStatus.CREATED)
  String open(@RequestBody String title) {
    return tickets.open(title);
  }

  @PutMapping("/tickets/{id}/status")
  void setStatus(@PathVariable("id") String id, @RequestBody String status) {
    require(tickets.setStatus(id, status));
  }

  @PutMapping("/tickets/{id}/note")
  void setNote(@PathVariable("id") String id, @RequestBody String note) {
    require(tickets.setNote(id, note));
  }

  /** Tells a browser when to load the tickets again. */
  @GetMapping("/tickets/changes")
  SseEmitter changes() {
    return updates.listen();
  }

  private static void require(boolean found) {
    if (!found) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
