/** One data folder of a city for the commands' tests, and what they all need: run it by `openCity`, ask it by `json` and `good`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cli, freePort, lasting, type Running, temporary } from '../cli.js';

export const dir = temporary('city');
export const data = ['--data', dir];
export const card = ['--card', path.join(dir, 'cards', 'soumu-taro.card'), ...data];
export const at = (name: string) => path.join(dir, name);
export const pins = { SIGN: 'ABC123', AUTH: '1234', WRONG: '9999', WRONGSIGN: 'XYZ999' };
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const schemaFolder = fileURLToPath(new URL('../../../../../docs/schemas/', import.meta.url));

const schemas = new Map(
  readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.replace('.json', ''),
      z.fromJSONSchema(JSON.parse(readFileSync(path.join(schemaFolder, name), 'utf8'))),
    ]),
);

/** Exactly one JSON document on standard output, as its schema in docs says. */
export async function json<T>(
  words: readonly string[],
  expected = 0,
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const { code, out, err } = await cli([...words, '--json'], { env });
  assert.equal(code, expected, err);
  const options = words.findIndex((word) => word.startsWith('-') || word.startsWith('/'));
  const name = (options < 0 ? words : words.slice(0, options)).join('-');
  const schema = schemas.get(name);
  assert.ok(schema, `docs/schemas/${name}.json is missing`);
  const found = schema.safeParse(JSON.parse(out));
  assert.ok(found.success, `${name}: ${found.error?.message}`);
  return JSON.parse(out) as T;
}

export async function good(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, out, err } = await cli(words, { env });
  assert.equal(code, 0, `${words.join(' ')}: ${err}${out}`);
  return out;
}

interface Listed {
  serial: string;
  profile: string;
  status: string;
}

/** Every certificate of the authority. */
export const list = async () => json<Listed[]>(['ca', 'list', ...data]);

export interface City {
  /** Of the rooms; the authority's is the next one. */
  port: number;
  running: Running;
}

/** `start` on the folder, until it is stopped by its `running`. */
export async function openCity(): Promise<City> {
  const port = await freePort();
  const ports = ['--port', String(port), '--agent-port', String(port + 2)];
  return { port, running: await lasting(['start', ...data, ...ports, '--no-open'], 'Ctrl-C') };
}
