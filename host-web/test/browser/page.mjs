/** What the tests have a page do. */
import sqlite3InitModule from '/sqlite/index.mjs';
import { crsql } from '/crsql/index.js';

const sqlite3 = await sqlite3InitModule();
const db = new sqlite3.oo1.DB(':memory:');
const replica = await crsql(sqlite3, db);
db.exec(`CREATE TABLE todo(id PRIMARY KEY, title, done); SELECT crsql_as_crr('todo')`);

let connection;
let peer;

globalThis.test = {
  exec: (sql) => db.exec({ sql, rowMode: 0, returnValue: 'resultRows' }),
  status: () => connection.status,
  pause: () => connection.pause(),
  resume: () => connection.resume(),

  share(name) {
    connection = replica.share(name);
  },

  /** Gives the offer, once all candidates are in it. */
  async offer() {
    peer = new RTCPeerConnection();
    connection = replica.connect(peer.createDataChannel('crsql'), { initiator: true });
    return described(() => peer.createOffer());
  },

  async answer(offer) {
    peer = new RTCPeerConnection();
    peer.ondatachannel = ({ channel }) => {
      connection = replica.connect(channel, { initiator: false });
    };
    await peer.setRemoteDescription(offer);
    return described(() => peer.createAnswer());
  },

  accept: (answer) => peer.setRemoteDescription(answer),
  hangUp: () => peer.close(),
};

async function described(describe) {
  const complete = new Promise((resolve) => {
    peer.onicecandidate = ({ candidate }) => candidate === null && resolve();
  });
  await peer.setLocalDescription(await describe());
  await complete;
  return peer.localDescription.toJSON();
}
