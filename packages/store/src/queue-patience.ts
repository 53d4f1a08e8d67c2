import { RETRYABLE_ERROR_CODES } from 'graphile-worker/dist/lib.js';

/**
 * How a server that is lost shows in the queue's own queries: 57P01 to 57P03 (it ends, it crashed, it starts), 53300 (no connection left), the codes of the
 * socket; and the words of the queue's driver about a connection that ended have no code at all.
 */
const signsOfLoss = ['57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'undefined'];

/**
 * Lets the queue ask again, for about forty minutes, where it puts away a job that is done or has failed while the server is gone. Its own table
 * (graphile-worker 0.17.3) names few of the signs; with any other it gives up, nobody waits for that query, and the rejection ends the whole process.
 * To put a job away twice changes nothing.
 */
export function beQueuePatient(): void {
  for (const sign of signsOfLoss) RETRYABLE_ERROR_CODES[sign] = { minDelay: 100, maxDelay: 30_000 };
}
