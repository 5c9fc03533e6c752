package io.crsql.example.desktop;

/** A row of the table ticket. */
record Ticket(String id, String title, String status, String note) {}
