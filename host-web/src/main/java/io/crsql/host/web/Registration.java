package io.crsql.host.web;

import io.crsql.sqlite.VirtualTable;

/** A virtual table and how it was registered. */
record Registration(WebDb db, VirtualTable table, boolean innocuous) {}
