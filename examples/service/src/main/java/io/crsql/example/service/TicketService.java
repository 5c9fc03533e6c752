package io.crsql.example.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A help desk's web service, an ordinary Spring Boot application. All that makes it sync is its
 * database's URL in application.properties.
 */
@SpringBootApplication
public class TicketService {
  /** Starts it; see {@code ./crsql example service}. */
  public static void main(String[] args) {
    SpringApplication.run(TicketService.class, args);
  }
}
