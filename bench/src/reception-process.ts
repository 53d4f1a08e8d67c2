// One process of the reception bench, as `serve agency` is one: pages, intake and jobs over a shared database; beside it, on a port of its own, the yardstick.
import http from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { receptionTasks, verificationTasks } from '@madoguchi/agency';
import { openDatabase, startJobs } from '@madoguchi/store';
import { listening } from './listening.js';
import type { Question, Start, Told } from './reception-processes.js';
import { openReception } from './reception-room.js';

const tell = (told: Told) => process.send?.(told);

async function begin({ databaseUrl, keys }: Start): Promise<void> {
  const database = await openDatabase({ databaseUrl });
  const { sql } = database;
  const { app, reception, verification } = openReception(database, keys);
  await startJobs({
    url: database.url,
    tasks: { ...receptionTasks([reception]), ...verificationTasks([verification]) },
    onFailure: (task, error) => console.error(task, error),
  });
  const city = http.createServer(getRequestListener(app.fetch));
  /**
   * The yardstick, over HTTP with the same load generator and on the same connections: reads the same body, inserts it as it is by a prepared
   * statement, a transaction of its own for each, answers with as many octets as a receipt has when it is on disk (the same server, fsync on).
   */
  const answer = Buffer.alloc(2000, 'x');
  const bare = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      sql`insert into bare (bytes) values (${Buffer.concat(chunks)})`.then(
        () => response.writeHead(201, { 'content-length': answer.length }).end(answer),
        () => response.writeHead(503).end(),
      );
    });
  });
  tell({ ports: { city: await listening(city), bare: await listening(bare) } });
}

function memory(): Told {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { memory: { held: heapUsed + external, resident: rss } };
}

function processor(): Told {
  const { user, system } = process.cpuUsage();
  return { processor: (user + system) / 1000 };
}

process.on('message', (question: Question) => {
  if (question === 'memory') tell(memory());
  else if (question === 'processor') tell(processor());
  else void begin(question);
});
// It ends with the bench, however that ends.
process.on('disconnect', () => process.exit(0));
