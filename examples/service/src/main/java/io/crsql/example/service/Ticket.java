package io.crsql.example.service;

/** A row of the table ticket. */
record Ticket(String id, String title, String status, String note) {}
