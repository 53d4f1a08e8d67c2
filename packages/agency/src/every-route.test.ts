// Every address of the reception, and somebody who has no business there: what is not in the table of what is open to all refuses whoever comes without
// a right of their own, whatever right they hold elsewhere, and takes no form of another site. A new route is in these tests by being there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { Hono } from 'hono';
import { agencyApp } from './app.js';
import { createDeskLink, type DeskOptions, deskRoutes } from './desk/index.js';
import { addOfficer } from './desk/officers.js';
import { shippedVariants } from './matching/load-variants.js';
import { openVariantTable } from './own-variants/table.js';
import { everyRole } from './testing/desk-room.js';
import { lookUp } from './testing/related.js';
import { origin, temporaryDatabase } from './testing/room.js';
import { openVerificationRoom, type VerificationRoom } from './testing/verification-room.js';

/** Open to all: pages without anybody's data, ways in, and what a signature or a secret of its own protects (intake, mail's links). */
const open = new Set(
  `GET /healthz, GET /readyz, GET /metrics, GET /stats.json, GET /assets/:file, GET /*, GET /catalogue.json, GET /procedures,
  GET /form/:name, GET /post-codes, GET /procedures/:id, POST /procedures/:id, POST /procedures/:id/request, POST /intake, GET /receipt,
  GET /api/v1/openapi.json, GET /cosign, POST /cosign, GET /applications, POST /applications, GET /mail/confirm, POST /mail/confirm,
  GET /mail/stop, POST /mail/stop, POST /my/login/start, POST /my/login/token, GET /my/login/status, GET /my,
  POST /desk/login/start, POST /desk/login/token, GET /desk/login/status, GET /desk/enter, POST /desk/card/login/start,
  POST /desk/card/login/token, GET /desk/card/login/status`
    .split(',')
    .map((route) => route.trim()),
);

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const receipts = { mine: '', theirs: '' };
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  receipts.mine = await room.file({ authenticationKey: 'M'.repeat(43) });
  receipts.theirs = await room.file({ authenticationKey: 'T'.repeat(43) });
});
after(() => close());

/** An agency over the room's database, with everything that may be mounted. */
async function agencyOf(code: string) {
  const base = `/a/${code}`;
  const agency = { ...room.options.agency, code, basePath: base };
  const { keys, staple, procedures, clock } = room.options;
  const login = { anchors: [], demo: true, revocation: room.trust.revocation };
  const desk: DeskOptions = {
    ...{ sql: db.sql, agency, procedures, verification: room.verification, clock, linksOpen: true },
    variants: await openVariantTable({ sql: db.sql, agency: code }, shippedVariants()),
    webhooks: { secret: keys.secret, origins: [] },
    login: { keys, staple, site: login },
  };
  const mail = { send: async () => ({ ok: true }) as const };
  const app = new Hono().route(
    base,
    agencyApp({ ...room.options, agency, login, mail, desk: deskRoutes(desk) }),
  );
  const sitDown = async (officer: string) => {
    await addOfficer(db.sql, code, { officer, roles: everyRole, by: 'operator', now: clock() });
    const entered = await app.request(await createDeskLink({ sql: db.sql, agency, now: clock(), officer }));
    return (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  };
  return { app, base, sitDown };
}
type Agency = Awaited<ReturnType<typeof agencyOf>>;

interface Route {
  /** As the table names it. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

function routesOf({ app, base }: Agency, receipt: string): Route[] {
  const found = new Map<string, Route>();
  for (const { method, path } of app.routes.filter((one) => one.method !== 'ALL')) {
    const own = path.slice(base.length).replace(/^\/form\.[0-9a-f]+\//, '/form/');
    const filled = path
      .replaceAll(/\{[^}]*\}/g, '')
      .replace(':receipt', receipt)
      .replace('/*', '/anything')
      .replaceAll(/:(index|id)\b/g, own.includes('procedures') ? 'juminhyo' : '0')
      .replaceAll(/:[a-z]+/g, 'police');
    found.set(`${method} ${own}`, { name: `${method} ${own}`, method, path: filled });
  }
  return [...found.values()];
}

const ask = ({ app }: Agency, { method, path }: Route, cookie: string, from = origin) =>
  app.request(`${origin}${path}`, {
    method,
    headers: {
      ...(cookie === '' ? {} : { cookie }),
      ...(method === 'POST' ? { origin: from, 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(method === 'POST' ? { body: 'decision=accept&seen=0&reason=x' } : {}),
  });

async function refuses(agency: Agency, route: Route, cookie: string): Promise<void> {
  const answer = await ask(agency, route, cookie);
  const text = await answer.text();
  const where = answer.headers.get('location') ?? '';
  const isLedAway = answer.status === 303 && /\/(cosign|my(\?left=1)?|applications|desk)$/.test(where);
  assert.ok(
    isLedAway || [401, 403, 404, 409].includes(answer.status),
    `${route.name}: ${answer.status} ${where}`,
  );
  assert.doesNotMatch(text, /総務|\d{4}-\d{7}-\d/, route.name);
}

const actionsThere = async () => {
  const [row] = await db.sql`select count(*)::int as n from agency.actions`;
  return Number(row?.n);
};
/** A session of マイページ, as a login with a card leaves it. */
async function session(code: string, key: string): Promise<string> {
  const token = key.repeat(43);
  await db.sql`insert into agency.citizen_sessions (agency, token_hash, authentication_key, created_at, expires_at)
    values (${code}, ${createHash('sha256').update(token).digest()}, ${token}, ${room.time.now},
      ${new Date(room.time.now.getTime() + 600_000)})`;
  return `mado_my_${code}=${token}`;
}

test('what is open to all stands in a table, and everything else refuses who holds nothing', async () => {
  const agency = await agencyOf('99201');
  const routes = routesOf(agency, receipts.theirs);
  const names = new Set(routes.map(({ name }) => name));
  assert.deepEqual(
    [...open].filter((name) => !names.has(name)),
    [],
    'the table names what is there',
  );
  const closed = routes.filter(({ name }) => !open.has(name));
  assert.ok(closed.length > 60, String(closed.length));
  for (const route of closed) await refuses(agency, route, '');
});

test('whoever has an application of their own, a card of their own, or a desk at another agency comes no further with another’s number', async () => {
  const agency = await agencyOf('99201');
  const elsewhere = await agencyOf('99202');
  const theirDesk = (await elsewhere.sitDown('chief')).replace('99202', '99201');
  const cookie = [await lookUp(room, receipts.mine), await session('99201', 'M'), theirDesk].join('; ');
  const own = ({ name }: Route) => /^(GET \/my\/mandates|POST \/my\/leave)$/.test(name);
  const before = await actionsThere();
  for (const route of routesOf(agency, receipts.theirs))
    if (!open.has(route.name) && !own(route)) await refuses(agency, route, cookie);
  const list = await (await ask(agency, { name: '', method: 'GET', path: '/a/99201/my' }, cookie)).text();
  assert.equal(list.includes(receipts.mine), true);
  assert.equal(list.includes(receipts.theirs), false);
  const chief = await elsewhere.sitDown('chief');
  for (const route of routesOf(elsewhere, receipts.theirs))
    if (route.name.includes(':receipt')) await refuses(elsewhere, route, chief);
  assert.equal(await actionsThere(), before, 'nothing was done');
});

test('no form of another site is taken, whoever sits at the browser; at the desk none without the session’s own mark', async () => {
  const agency = await agencyOf('99201');
  const officer = await agency.sitDown('chief');
  const cookie = [await lookUp(room, receipts.theirs), await session('99201', 'T'), officer].join('; ');
  const before = await actionsThere();
  // Carried by a signature, a ticket or a key that a page cannot send: no cookie counts there.
  const bare = /^POST \/(intake$|api\/)/;
  const posts = routesOf(agency, receipts.theirs).filter(
    ({ method, name }) => method === 'POST' && !bare.test(name),
  );
  assert.ok(posts.length > 30, String(posts.length));
  for (const route of posts) {
    const forged = await ask(agency, route, cookie, 'https://evil.example');
    assert.equal(forged.status, 403, `${route.name} from another site`);
    if (!/^POST \/desk\//.test(route.name) || route.name.includes('/login/')) continue;
    const unmarked = await ask(agency, route, officer);
    assert.equal(unmarked.status, 403, `${route.name} without the mark`);
  }
  assert.equal(await actionsThere(), before, 'nothing was done');
});
