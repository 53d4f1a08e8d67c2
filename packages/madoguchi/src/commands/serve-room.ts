/** What the rooms of `serve` have in common: what they are started with, the authority's folder, TLS, limits. */
import { openCa } from '@madoguchi/ca';
import { CommandError } from '../cli/command.js';
import type { Config } from '../cli/config.js';
import { databaseOf, issuingKeys, keystoreOf } from '../cli/folder.js';
import { readInput } from '../cli/input.js';
import type { Lifecycle } from '../start/lifecycle.js';
import type { Tls } from '../start/listen.js';
import type { Log } from '../start/log.js';

export const clock = () => new Date();

export interface Served {
  config: Config;
  dir: string;
  lifecycle: Lifecycle;
  log: Log;
}

/** Starts a room, registers how it is stopped, and gives the lines that tell where it is. */
export type Room = (served: Served) => Promise<string>;

/** Database, key store and authority of the folder; closed when the room is stopped. */
export async function authorityOf({ config, dir, lifecycle }: Served) {
  const keystore = await keystoreOf(dir);
  const database = await databaseOf(dir, false, lifecycle.signal);
  lifecycle.onStop('database', () => database.close());
  const hardware = await issuingKeys();
  if (hardware !== undefined) lifecycle.onStop('keys', hardware.close);
  const ca = await openCa({
    sql: database.sql,
    keystore,
    clock,
    publicUrl: config.caUrl,
    ...(hardware === undefined ? {} : { keys: hardware.keys }),
  });
  return { ca, keystore, database };
}

/** The server's key and certificate, as configured; undefined: plain HTTP. */
export function tlsOf({ tlsKey, tlsCert, verifierCertificates }: Config): Tls | undefined {
  if (tlsKey === undefined && tlsCert === undefined) {
    if (verifierCertificates === undefined) return undefined;
    throw new CommandError(
      'usage',
      'configuration: verifierCertificates is set: certificates are shown in TLS, so set tlsKey and tlsCert too.',
    );
  }
  if (tlsKey === undefined || tlsCert === undefined) {
    throw new CommandError('usage', 'configuration: tlsKey and tlsCert go together; one of them is missing.');
  }
  return {
    key: readInput(tlsKey).toString(),
    cert: readInput(tlsCert).toString(),
  };
}

export const schemeOf = (tls: Tls | undefined) => (tls === undefined ? 'http' : 'https');

/** Limits in requests a minute, where there are any. */
export const ratesOf = (limits: Readonly<Record<string, number | undefined>>) =>
  Object.fromEntries(
    Object.entries(limits).flatMap(([kind, perMinute]) =>
      perMinute === undefined ? [] : [[kind, { perMinute }]],
    ),
  );
