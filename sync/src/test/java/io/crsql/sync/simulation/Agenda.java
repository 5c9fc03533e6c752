package io.crsql.sync.simulation;

import java.util.PriorityQueue;

/** What is to happen, by virtual time, and what was planned first first. */
final class Agenda {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final long most;
  private long now;
  private long planned;
  private long happened;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  /** Lets that many things happen, and no more. */
  Agenda(long most) {
    this.most = most;
  }

  long now() {
    return now;
  }

  long happened() {
    return happened;
  }

  void at(long time, Runnable what) {
    events.add(new Event(Math.max(time, now), planned++, what));
  }

  void after(long delay, Runnable what) {
    at(now + delay, what);
  }

  /** Lets happen what is due up to a time. */
  void runUntil(long time) {
    while (!events.isEmpty() && events.peek().at <= time) {
      next();
    }
    now = Math.max(now, time);
  }

  /** Lets happen everything, and what comes of it. */
  void runAll() {
    while (!events.isEmpty()) {
      next();
    }
  }

  private void next() {
    if (++happened > most) {
      throw new SimulationFailure("livelock", "more than " + most + " events");
    }
    Event event = events.remove();
    now = event.at;
    event.what.run();
  }
}
