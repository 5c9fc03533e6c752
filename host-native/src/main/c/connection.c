#include "connection.h"

#include <stdlib.h>
#include <string.h>

#include "callbacks.h"
#include "exports.h"

static struct connection *connections;

/* The slot of this copy of SQLite: the one it has, else a free one, else -1. */
static int slot_of(const sqlite3_api_routines *api) {
  bool taken[SCALAR_SLOTS] = {false};
  for (const struct connection *c = connections; c; c = c->next) {
    if (c->api == api) return c->slot;
    taken[c->slot] = true;
  }
  for (int i = 0; i < SCALAR_SLOTS; i++) {
    if (!taken[i]) return i;
  }
  return -1;
}

struct connection *connection_open(sqlite3 *db, const sqlite3_api_routines *api) {
  for (struct connection *c = connections; c; c = c->next) {
    if (c->db == db) {
      c->users++;
      return c;
    }
  }
  const int slot = slot_of(api);
  struct connection *c = slot < 0 ? NULL : malloc(sizeof *c);
  if (!c) return NULL;
  *c = (struct connection){.db = db, .api = api, .slot = slot, .users = 1, .next = connections};
  connections = c;
  scalar_slot(slot, api);
  return c;
}

void connection_release(struct connection *c) {
  if (--c->users > 0) return;
  struct connection **link = &connections;
  while (*link != c) link = &(*link)->next;
  *link = c->next;
  free(c);
}

struct registration *registration_new(
    struct connection *c, int32_t object, bool innocuous, const char *declaration) {
  const size_t length = strlen(declaration) + 1;
  struct registration *r = malloc(sizeof *r + length);
  if (!r) return NULL;
  *r = (struct registration){.connection = c, .object = object, .users = 1, .innocuous = innocuous};
  memcpy(r->declaration, declaration, length);
  c->users++;
  return r;
}

void registration_release(struct registration *r) {
  if (--r->users > 0) return;
  java_release(r->object);
  connection_release(r->connection);
  free(r);
}
