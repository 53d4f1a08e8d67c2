import { buildLoginToken, type LoginRequestClaims, verifyLoginRequest } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { loginWorld } from '@madoguchi/testing';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { type DeskOptions, deskRoutes } from '../desk/index.js';
import type { LoginSite } from '../login/options.js';
import { base, origin as httpOrigin, openRoom } from './room.js';

/** The demo city with its own page `/my`, a citizen with an authentication certificate, and what tests may change of the authority. */
export async function openLoginRoom(
  db: Pick<Database, 'sql'>,
  origin = httpOrigin,
  agentOrigin: () => string | undefined = () => undefined,
  change: Partial<DeskOptions> = {},
) {
  const [room, people] = await Promise.all([openRoom(db), loginWorld()]);
  const authority = { status: 'good' as Parameters<typeof people.ocsp>[0], answers: true, asked: 0 };
  const site: LoginSite = {
    anchors: [people.ca.der],
    demo: true,
    revocation: {
      find: async ({ certificate, now }) => {
        authority.asked += 1;
        if (!authority.answers) return { sources: [], problems: ['ocsp.fetch'] };
        const response = await people.ocsp(authority.status, now, certificate);
        return { sources: [{ kind: 'ocsp', response, source: 'test', obtainedAt: now }], problems: [] };
      },
    },
  };
  const logged: { event: string; detail: unknown }[] = [];
  const agentAt = () => {
    const address = agentOrigin();
    return address === undefined ? {} : { agentOrigin: address };
  };
  const makeApp = () =>
    new Hono().route(
      base,
      agencyApp({
        ...room.options,
        agency: { ...room.options.agency, origin, ...agentAt() },
        login: site,
        desk: deskRoutes({
          sql: db.sql,
          agency: { ...room.options.agency, origin },
          procedures: room.procedures,
          verification: {
            sql: db.sql,
            agency: { code: '99201', name: '見本市' },
            trust: { anchors: [], demo: true, revocation: site.revocation },
            clock: room.options.clock,
          },
          clock: room.options.clock,
          login: { keys: room.options.keys, staple: room.options.staple, site },
          linksOpen: true,
          ...change,
        }),
        log: (event, detail) => logged.push({ event, detail }),
      }),
    );

  const app = makeApp();

  /** What a browser does, with its cookies. */
  class BrowserLike {
    cookies = new Map<string, string>();
    strict = new Set<string>();
    lastSet: string[] = [];
    async ask(path: string, init: RequestInit = {}, fromElsewhere = false): Promise<Response> {
      const headers = new Headers(init.headers);
      // SameSite=Strict: such a cookie stays at home when another site's page sends a form.
      const sent = [...this.cookies].filter(([name]) => !fromElsewhere || !this.strict.has(name));
      headers.set('cookie', sent.map(([name, value]) => `${name}=${value}`).join('; '));
      const response = await app.request(`${origin}${path}`, { ...init, headers });
      this.lastSet = response.headers.getSetCookie();
      for (const line of this.lastSet) {
        const [pair = ''] = line.split(';');
        const at = pair.indexOf('=');
        if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
        else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
        if (/samesite=strict/i.test(line)) this.strict.add(pair.slice(0, at));
      }
      return response;
    }
    /** Starts a login as the island does; the claims are those the agent would see. */
    async start(place = 'my'): Promise<LoginRequestClaims> {
      const response = await this.ask(`${base}/${place}/login/start`, {
        method: 'POST',
        headers: { accept: 'application/json', origin, 'sec-fetch-site': 'same-origin' },
      });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      const { request } = (await response.json()) as { request: string };
      const verified = verifyLoginRequest(request, {
        anchors: [room.world.root.der],
        demo: true,
        origin,
        now: room.time.now,
      });
      if (!verified.ok) throw new Error(verified.rule);
      return verified.claims;
    }
    /** The form that comes from the agent's page. */
    answer(claims: Pick<LoginRequestClaims, 'return'>, token: string): Promise<Response> {
      const url = new URL(claims.return);
      const init = {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'null',
          'sec-fetch-site': 'cross-site',
        },
        body: new URLSearchParams({ token }).toString(),
      };
      return this.ask(`${url.pathname}${url.search}`, init, true);
    }
  }

  const tokenFor = async (claims: Pick<LoginRequestClaims, 'origin' | 'nonce'>, who = people.holder) =>
    JSON.stringify(
      await buildLoginToken({
        certificate: who.der,
        origin: claims.origin,
        nonce: claims.nonce,
        appVersion: 'https://madoguchi.example/agent/test',
        sign: (input) => who.signer.sign(input),
      }),
    );
  return {
    ...room,
    people,
    authority,
    logged,
    loginApp: makeApp,
    browser: () => new BrowserLike(),
    tokenFor,
  };
}
