import { readFile } from 'node:fs/promises';
import { generateKeyPair, softwareSigner } from '@madoguchi/pki';
import { buildLoginToken, type LoginRequestClaims, verifyLoginRequest } from '@madoguchi/procedure';
import type { Hono } from 'hono';
import type { CounterEquipment } from '../counter/act-routes.js';
import { addClerk, registerCertificate } from '../counter/clerks.js';
import type { Role } from '../counter/roles.js';
import { createCounterLink } from '../counter/session.js';
import { caApp } from '../http/app.js';
import { demoRegister } from '../register/demo.js';
import { importRegister } from '../register/import.js';
import type { TestAuthority } from './authority.js';

export const origin = 'http://127.0.0.1:8081';

/** An authentication key with its certificate: what a clerk's card holds. */
export interface TestCard {
  readonly der: Uint8Array;
  readonly alias: string;
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>;
}

/** What a browser does at the counter, with its cookies. */
export class CounterBrowser {
  readonly #app: Hono;
  readonly cookies = new Map<string, string>();

  constructor(app: Hono) {
    this.#app = app;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await this.#app.request(`${origin}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  async text(path: string): Promise<string> {
    return (await this.ask(path)).text();
  }

  /** Sends a form as a page of the counter does; the session's token is read from `page`, or from its own path. */
  async post(path: string, form: Record<string, string | string[]>, page?: string): Promise<Response> {
    const csrf =
      page === undefined ? '' : (/name="csrf" value="([^"]+)"/.exec(await this.text(page))?.[1] ?? '');
    const body = new URLSearchParams(csrf === '' ? {} : { csrf });
    for (const [name, value] of Object.entries(form))
      for (const each of [value].flat()) body.append(name, each);
    return this.ask(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin,
        'sec-fetch-site': 'same-origin',
      },
      body: body.toString(),
    });
  }
}

/** The counter over a test authority: the demo register, login by card, and browsers. */
export async function openCounterRoom(authority: TestAuthority, equipment: CounterEquipment = {}) {
  const { ca } = authority;
  const ctx = ca.context;
  await importRegister(ctx, await readFile(demoRegister), 'operator');
  const pair = await generateKeyPair('p256');
  const office = await ca.issue({
    publicKey: pair.publicKey,
    profile: 'agency',
    agencyCode: '99201',
    agencyName: '見本市',
    hosts: ['127.0.0.1'],
  });
  const login = {
    origin,
    agentOrigin: 'http://127.0.0.1:24787',
    code: '99201',
    signer: softwareSigner(pair.pkcs8),
    chain: [office.certificate] as const,
    demo: true,
  };
  const app = caApp(ca, { access: { open: true }, counter: { login, ...equipment } });
  const browser = () => new CounterBrowser(app);

  /** A card with an authentication certificate of this authority. */
  async function card(): Promise<TestCard> {
    const keys = await generateKeyPair('rsa2048');
    const issued = await ca.issue({
      publicKey: keys.publicKey,
      profile: 'authentication',
      resident: {
        name: '例示　係',
        address: '見本県見本市中央一丁目１番１号',
        birthDate: '1980-01-01',
        sex: 'unknown',
        municipality: '99201',
      },
    });
    const signer = softwareSigner(keys.pkcs8);
    return { der: issued.certificate, alias: issued.alias, sign: (data) => signer.sign(data) };
  }

  /** Starts a login as the page's script does; the claims are those that the agent sees and checks. */
  async function begin(from: CounterBrowser, home = '/counter'): Promise<LoginRequestClaims> {
    const answer = await from.ask(`${home}/login/start`, {
      method: 'POST',
      headers: { accept: 'application/json', origin, 'sec-fetch-site': 'same-origin' },
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    const { request } = (await answer.json()) as { request: string };
    const anchors = [...(await ca.anchors()).agency];
    const verified = verifyLoginRequest(request, { anchors, demo: true, origin, now: authority.now });
    if (!verified.ok) throw new Error(verified.rule);
    return verified.claims;
  }

  const tokenOf = async (claims: Pick<LoginRequestClaims, 'origin' | 'nonce'>, by: TestCard) =>
    JSON.stringify(
      await buildLoginToken({
        certificate: by.der,
        origin: claims.origin,
        nonce: claims.nonce,
        appVersion: 'https://madoguchi.example/agent/test',
        sign: by.sign,
      }),
    );

  /** The form that comes from the agent's page. */
  function answer(from: CounterBrowser, claims: Pick<LoginRequestClaims, 'return'>, token: string) {
    return from.ask(new URL(claims.return).pathname, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'null',
        'sec-fetch-site': 'cross-site',
      },
      body: new URLSearchParams({ token }).toString(),
    });
  }

  async function logIn(from: CounterBrowser, by: TestCard): Promise<Response> {
    const claims = await begin(from);
    return answer(from, claims, await tokenOf(claims, by));
  }

  /** Somebody enrolled with a card of their own, and their browser after the login. */
  async function clerk(account: string, role: Role, municipality?: string) {
    const own = await card();
    await addClerk(ctx, { account, role, ...(municipality === undefined ? {} : { municipality }) });
    await registerCertificate(ctx, account, own.der);
    const from = browser();
    const done = await logIn(from, own);
    if (done.status !== 200) throw new Error(`${done.status} ${await done.text()}`);
    return { browser: from, card: own };
  }

  /** A browser that came in by the demo's link. */
  async function byLink(account: string, role: Role, municipality = '99201'): Promise<CounterBrowser> {
    const from = browser();
    await from.ask(await createCounterLink(ctx, { clerk: account, role, municipality }));
    return from;
  }

  async function residentId(name: string): Promise<string> {
    const [row] = await ctx.sql<
      { id: string }[]
    >`select id from ca.resident where name = ${name} order by birth_date limit 1`;
    if (row === undefined) throw new Error(`nobody is called ${name}`);
    return row.id;
  }

  return { app, login, browser, card, begin, tokenOf, answer, logIn, clerk, byLink, residentId };
}

export type CounterRoom = Awaited<ReturnType<typeof openCounterRoom>>;
