/**
 * Configuration of `serve`: one file (`madoguchi.config.json`), or `MADOGUCHI_*` variables, or flags, in rising precedence.
 * A wrong or unknown value stops the start with the key, the value found and what is allowed.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { CommandError, optional, type Values } from './command.js';

const port = z.coerce.number().int().min(0).max(65535);
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** SHA-256 digests in hexadecimal: a list in the file, separated by commas in a variable. */
const digests = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.string().regex(/^[0-9a-fA-F]{64}$/)),
);

/** Files: a list in the file, separated by commas in a variable. */
const files = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.string().min(1)),
);

/** Origins: a list in the file, separated by commas in a variable. */
const origins = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin)),
);

/** A truth: as such in the file, as a word in a variable. */
const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(),
);

const schema = z.strictObject({
  /** Data folder: keys, embedded database, addresses. */
  data: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: port.optional(),
  /** The public origin of the room, e.g. https://city.example; default http://127.0.0.1:PORT. */
  origin: url.optional(),
  /** Where the authority answers. */
  caUrl: url.default('http://127.0.0.1:8081'),
  /** Where citizens' signing agents listen. */
  agentPort: port.default(24787),
  /** OCSP responders for `verify --ocsp on`, by the issuer's key identifier in hexadecimal: signature certificates name none. */
  responders: z.record(z.string().regex(/^[0-9a-f]{40}$/), url).optional(),
  /** Notified verifiers (署名検証者) of `serve ca`, by key or by client certificate; without either everybody is served. */
  verifierKeys: digests.optional(),
  verifierCertificates: digests.optional(),
  /** `serve agency`, `serve ca`: reverse proxies of our own before it; so many entries of X-Forwarded-For are believed. */
  proxies: z.coerce.number().int().min(0).max(10).default(0),
  /**
   * What one address may do a minute. `serve agency`: envelopes, signing requests and logins, look-ups; and how many one certificate may sign. `serve ca`:
   * requests (logins at the counter, renewals, tokens) and time stamps.
   */
  limits: z
    .strictObject({
      intake: z.number().int().min(1).optional(),
      requests: z.number().int().min(1).optional(),
      lookUps: z.number().int().min(1).optional(),
      signer: z.number().int().min(1).optional(),
      timeStamps: z.number().int().min(1).optional(),
    })
    .optional(),
  /** `serve agency`: a scanner for attachments that speaks clamd's protocol, e.g. tcp://127.0.0.1:3310. */
  scanner: z.url({ protocol: /^tcp$/ }).optional(),
  /** `serve agency`: so many days apart may two applications of a person that say the same be to be told as one filed twice; 0 looks for none. */
  duplicateDays: z.coerce.number().int().min(0).max(3650).default(30),
  /** Years that decided cases are kept, by procedure id; `default` for all others. Without it nothing is erased. */
  retention: z.record(z.string(), z.number().int().min(1).max(1000)).optional(),
  /** Tables of character forms of the agency's own, for 照合 (packages/agency/variants shows the form). */
  variants: files.optional(),
  /** TLS of the room's own: files in PEM. */
  tlsKey: z.string().min(1).optional(),
  tlsCert: z.string().min(1).optional(),
  /** `serve agency`: a port where TLS asks for the card's certificate and opens the holder's own page by it. */
  cardLoginPort: port.optional(),
  /** `serve agency`: what a one-time link opens: the registration of the officer's card (`register`), or the whole desk (`open`, for a trial). */
  deskLinks: z.enum(['register', 'open']).default('register'),
  /** `serve agency`: an acceptance or a rejection needs the proposal of another officer. */
  fourEyes: flag.default(false),
  /** `/metrics` is answered: for those whose own proxy keeps it from the public. */
  metrics: flag.default(false),
  /** `serve portal`: a helpdesk, whose tickets stand in the database of the data folder or DATABASE_URL. */
  helpdesk: flag.default(false),
  /** `serve agency`: the mail server for notices, `smtp://user:password@host:587` or `smtps://…`, and the address they come from. */
  smtpUrl: z.url({ protocol: /^smtps?$/ }).optional(),
  mailFrom: z.email().optional(),
  /** `serve agency`: origins in the agency's own network that core systems may be told at; otherwise webhooks go to the public internet only. */
  webhookOrigins: origins.optional(),
  /** `serve portal`: the folder with the client's packages that `/client` hands out. */
  downloads: z.string().min(1).optional(),
  /** `serve portal`: the folder with the operator's `shops.csv` (`madoguchi portal check DIR`). */
  content: z.string().min(1).optional(),
  /** `serve agency`: a folder with agencies of one's own (docs/operating.md); without it the demo's are served. */
  agencies: z.string().min(1).optional(),
  /** `serve portal`: the agencies' catalogues, as files or addresses (`https://city.example/a/99201/catalogue.json`). */
  catalogues: files.optional(),
  /** `serve portal`: the procedure that the first page leads to, as `99201/juminhyo`. */
  featured: z
    .string()
    .regex(/^[0-9]{2,6}\/[a-z][A-Za-z0-9-]*$/)
    .optional(),
});

export type Config = z.infer<typeof schema>;

const portWords = 'a whole number from 0 to 65535';
const digestWords = 'SHA-256 digests in hexadecimal (64 digits each)';
const urlWords = 'an address beginning with http:// or https://';
const allowed: Record<keyof Config, string> = {
  data: 'a folder',
  host: 'a host name or address to listen on',
  port: portWords,
  origin: urlWords,
  caUrl: urlWords,
  agentPort: portWords,
  responders: 'an object of addresses, by the issuer’s key identifier (40 hexadecimal digits)',
  verifierKeys: `${digestWords}, of the keys that verifiers send as bearer token`,
  verifierCertificates: `${digestWords}, of the certificates that verifiers show in TLS`,
  proxies: 'how many reverse proxies of your own stand before it, 0 to 10',
  limits:
    'an object {intake, requests, lookUps, signer, timeStamps} of whole numbers from 1: so many a minute for one address; signer: for one certificate (default 6, 60 at once)',
  scanner: 'the address of a scanner: tcp://HOST:PORT',
  duplicateDays: 'a whole number of days, 0 to 3650; 0 looks for no duplicates',
  retention: 'an object of years (whole numbers from 1) by procedure id, "default" for all others',
  variants: 'tables of character forms: kind, forms, source and note, separated by tabs',
  tlsKey: 'a file with the private key in PEM',
  tlsCert: 'a file with the certificate and its chain in PEM',
  cardLoginPort: portWords,
  deskLinks: 'register (a link only registers the officer’s card) or open (a link opens the desk)',
  fourEyes: 'true or false',
  metrics: 'true or false: answers /metrics, which your proxy must keep from the public',
  helpdesk: 'true or false',
  smtpUrl: 'an address beginning with smtp:// (STARTTLS) or smtps://',
  mailFrom: 'an e-mail address of the agency',
  webhookOrigins: 'origins such as https://core.city.local:8443',
  downloads: 'a folder',
  content: 'a folder',
  agencies: 'a folder with CODE/agency.json and CODE/procedures for each agency',
  catalogues: 'files or addresses of agencies’ catalogue.json',
  featured: 'an agency’s code and a procedure’s id, e.g. 99201/juminhyo',
};

const variables: Record<string, keyof Config> = {
  MADOGUCHI_DATA: 'data',
  MADOGUCHI_HOST: 'host',
  MADOGUCHI_PORT: 'port',
  MADOGUCHI_ORIGIN: 'origin',
  MADOGUCHI_CA_URL: 'caUrl',
  MADOGUCHI_AGENT_PORT: 'agentPort',
  MADOGUCHI_VERIFIER_KEYS: 'verifierKeys',
  MADOGUCHI_VERIFIER_CERTIFICATES: 'verifierCertificates',
  MADOGUCHI_VARIANTS: 'variants',
  MADOGUCHI_PROXIES: 'proxies',
  MADOGUCHI_SCANNER: 'scanner',
  MADOGUCHI_TLS_KEY: 'tlsKey',
  MADOGUCHI_TLS_CERT: 'tlsCert',
  MADOGUCHI_CARD_LOGIN_PORT: 'cardLoginPort',
  MADOGUCHI_DESK_LINKS: 'deskLinks',
  MADOGUCHI_DUPLICATE_DAYS: 'duplicateDays',
  MADOGUCHI_FOUR_EYES: 'fourEyes',
  MADOGUCHI_METRICS: 'metrics',
  MADOGUCHI_HELPDESK: 'helpdesk',
  MADOGUCHI_SMTP_URL: 'smtpUrl',
  MADOGUCHI_MAIL_FROM: 'mailFrom',
  MADOGUCHI_WEBHOOK_ORIGINS: 'webhookOrigins',
  MADOGUCHI_DOWNLOADS: 'downloads',
  MADOGUCHI_CONTENT: 'content',
  MADOGUCHI_AGENCIES: 'agencies',
  MADOGUCHI_CATALOGUES: 'catalogues',
  MADOGUCHI_FEATURED: 'featured',
};

/** The keys for the help of `serve`: each with its variable, where it has one, and what is allowed. */
export function keyLines(): string[] {
  return Object.entries(allowed).map(([key, words]) => {
    const variable = Object.entries(variables).find(([, named]) => named === key)?.[0];
    return `  ${key.padEnd(22)}  ${words}${variable === undefined ? '' : ` (${variable})`}`;
  });
}

function fromFile(file: string | undefined): Record<string, unknown> {
  const chosen = file ?? 'madoguchi.config.json';
  if (!existsSync(chosen)) {
    if (file === undefined) return {};
    throw new CommandError('unavailable', `The configuration file ${path.resolve(file)} does not exist.`);
  }
  try {
    const value: unknown = JSON.parse(readFileSync(chosen, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    throw new Error('it is not an object');
  } catch (error) {
    throw new CommandError(
      'usage',
      `${chosen} is not a JSON object: ${error instanceof Error ? error.message : ''}.`,
    );
  }
}

/** Reads file, environment and flags. Throws CommandError naming the key, the value found and what is allowed. */
export function readConfig(values: Values, environment: NodeJS.ProcessEnv = process.env): Config {
  const merged: Record<string, unknown> = fromFile(optional(values, 'config'));
  const sources: Record<string, string> = {};
  for (const [variable, key] of Object.entries(variables)) {
    if (environment[variable] !== undefined && environment[variable] !== '') {
      merged[key] = environment[variable];
      sources[key] = variable;
    }
  }
  for (const key of ['data', 'port'] as const) {
    const flag = optional(values, key);
    if (flag !== undefined) {
      merged[key] = flag;
      sources[key] = `--${key}`;
    }
  }
  const result = schema.safeParse(merged);
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => {
    const [key] = issue.path;
    if (typeof key === 'string' && key in allowed) {
      const place = sources[key] === undefined ? '' : ` (${sources[key]})`;
      // It may hold a password.
      const found = key === 'smtpUrl' ? '(not shown)' : JSON.stringify(merged[key]);
      return `configuration: ${key}${place} is ${found}: ${allowed[key as keyof Config]}.`;
    }
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : ['(file)'];
    return unknown.map(
      (name) => `configuration: ${name} is set, but it is no key. Keys: ${Object.keys(allowed).join(', ')}.`,
    );
  });
  throw new CommandError('usage', lines.join('\n'));
}
