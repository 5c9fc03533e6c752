import { workerData } from 'node:worker_threads';
import { open } from './databases.mjs';

const database = await open();
database.exec(`INSERT INTO todo VALUES(1, 'of a worker', 0)`);
database.replica.share(workerData);
