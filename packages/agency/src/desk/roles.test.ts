import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Database, verifyAudit } from '@madoguchi/store';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { shippedVariants } from '../matching/load-variants.js';
import { openVariantTable } from '../own-variants/table.js';
import { everyRole, openDesk } from '../testing/desk-room.js';
import { openLoginRoom } from '../testing/login-room.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { addOfficer, ensureFirstOfficer, listOfficers, removeOfficer, setDepartment } from './officers.js';
import { type Act, actsOf, may, type Role, reach, roles } from './roles.js';
import { createDeskLink } from './session.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let sitDown: ReturnType<typeof openDesk>;
let receipt = '';
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  const variants = await openVariantTable({ sql: db.sql, agency: code }, shippedVariants());
  sitDown = openDesk(room, { variants });
  receipt = await room.file();
});
after(() => close());

const only = (role: Role, scope = '*') => [{ role, scope }];

/** Every act over HTTP, as somebody would try it who writes the request by hand. */
const attempts: Record<Act, { method: 'get' | 'post'; path: () => string; form?: Record<string, string> }> = {
  view: { method: 'get', path: () => `/cases/${receipt}` },
  note: {
    method: 'post',
    path: () => `/cases/${receipt}/decision`,
    form: { decision: 'note', reason: 'x', seen: '0' },
  },
  assign: { method: 'post', path: () => `/cases/${receipt}/assign`, form: { assignment: 'x' } },
  recheck: { method: 'post', path: () => `/cases/${receipt}/recheck` },
  match: { method: 'post', path: () => `/cases/${receipt}/match`, form: { verdict: 'x', seen: '0' } },
  correct: {
    method: 'post',
    path: () => `/cases/${receipt}/decision`,
    form: { decision: 'correct', reason: 'x', seen: '0' },
  },
  propose: { method: 'post', path: () => `/cases/${receipt}/preview`, form: { preview: 'accepted' } },
  decide: {
    method: 'post',
    path: () => `/cases/${receipt}/decision`,
    form: { decision: 'accept', seen: '0' },
  },
  evidence: { method: 'post', path: () => `/cases/${receipt}/evidence` },
  export: { method: 'post', path: () => '/export.csv' },
  figures: { method: 'get', path: () => '/figures' },
  audit: { method: 'get', path: () => '/audit' },
  connect: { method: 'get', path: () => '/keys' },
  staff: { method: 'get', path: () => '/officers' },
  variants: { method: 'post', path: () => '/variants' },
  confirmVariants: { method: 'post', path: () => '/variants/1/confirm' },
};

describe('what a role forbids cannot be done by writing the request by hand', () => {
  for (const role of roles) {
    test(role, async () => {
      const officer = await sitDown(`only-${role}`, only(role));
      for (const [act, { method, path, form }] of Object.entries(attempts)) {
        const answer = method === 'get' ? await officer.get(path()) : await officer.post(path(), form);
        const sees = actsOf[role].includes('view') || !path().startsWith('/cases/');
        const allowed = actsOf[role].includes(act as Act);
        // A case out of sight is as unknown as none.
        const wanted = allowed ? [200, 303, 409, 422] : [sees ? 403 : 404];
        assert.ok(
          wanted.includes(answer.status),
          `${role} ${act}: ${answer.status}, not ${wanted.join('/')}`,
        );
      }
      assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified', 'nothing was decided');
    });
  }
});

test('roles reach over a procedure or a department; beyond, a case is unknown, uncounted and unlisted', async () => {
  await setDepartment(db.sql, code, {
    department: 'doro',
    procedures: ['douro-senyo'],
    by: 'operator',
    now: room.time.now,
  });
  const roads = await sitDown('roads', only('approver', 'department:doro'));
  assert.equal((await roads.get(`/cases/${receipt}`)).status, 404);
  const queue = await roads.page('');
  assert.equal(queue.includes(receipt), false);
  assert.match(queue, /審査待ち 0/);
  assert.equal(queue.includes('value="juminhyo"'), false, 'other procedures are no filter either');
  const register = await sitDown('register', only('approver', 'procedure:juminhyo'));
  assert.equal((await register.get(`/cases/${receipt}`)).status, 200);
  const exported = await (await register.post('/export.csv')).text();
  assert.ok(exported.includes(receipt));
  assert.equal((await (await roads.post('/export.csv')).text()).includes(receipt), false);
  assert.equal((await roads.page('/figures')).includes('住民票の写しの交付申請'), false);
});

test('an examiner proposes, an approver decides; where four eyes are wanted, nobody decides alone', async () => {
  const own = await room.file();
  const desk = openDesk(room, { fourEyes: true });
  const examiner = await desk('examiner-1', only('examiner'));
  const approver = await desk('approver-1', only('approver'));
  assert.match(await examiner.page(`/cases/${own}`), /受理を起案する/);
  assert.doesNotMatch(await examiner.page(`/cases/${own}`), /受理する<\/span>/);
  assert.equal((await examiner.decide(own, 'accept')).status, 403);
  const early = await approver.decide(own, 'accept');
  assert.equal(early.status, 422);
  assert.match(await early.text(), /ほかの職員が同じ決定を起案してから/);
  await approver.decide(own, 'proposeAccept');
  assert.equal((await approver.decide(own, 'accept')).status, 422, 'one’s own proposal is none');
  assert.equal((await examiner.decide(own, 'proposeReject', '図面')).status, 303);
  assert.equal((await approver.decide(own, 'accept')).status, 422, 'another decision was proposed');
  assert.equal((await examiner.decide(own, 'proposeAccept')).status, 303);
  assert.match(await approver.page(`/cases/${own}`), /受理を起案する/);
  assert.equal((await approver.decide(own, 'accept')).status, 303);
  const kinds = (await listActions(db.sql, code, own)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(3), ['proposed', 'proposed', 'proposed', 'accepted']);
});

test('whoever is removed, or loses a role, has lost it with the next click', async () => {
  const officer = await sitDown('leaving', [...everyRole]);
  const { now } = room.time;
  assert.equal((await officer.get('/officers')).status, 200);
  await addOfficer(db.sql, code, { officer: 'leaving', roles: only('reception'), by: 'operator', now });
  assert.equal((await officer.get('/officers')).status, 403);
  const late = await createDeskLink({ sql: db.sql, agency: room.options.agency, now, officer: 'leaving' });
  assert.equal(await removeOfficer(db.sql, code, { officer: 'leaving', by: 'operator', now }), undefined);
  assert.equal((await officer.get('')).status, 401);
  assert.equal((await room.app.request(late)).status, 404);
  assert.equal(await removeOfficer(db.sql, code, { officer: 'leaving', by: 'operator', now }), 'unknown');
});

test('officers are managed at the desk: added with a link shown once, removed, never the last who can', async () => {
  const admin = await sitDown('chief', only('admin'));
  const added = await admin.post(
    '/officers',
    { officer: 'new-1', role: 'examiner', scope: '*' },
    '/officers',
  );
  assert.equal(added.status, 200);
  const link = /id="link"[^>]*>\s*(http[^<\s]+)/.exec(await added.text())?.[1] ?? '';
  assert.match(link, /\/desk\/enter\?token=/);
  assert.equal((await admin.page('/officers')).includes(link), false);
  for (const form of [
    { officer: '<x>', role: 'examiner', scope: '*' },
    { officer: 'a', role: 'king', scope: '*' },
    { officer: 'a', role: 'examiner', scope: 'agency:99202' },
    { officer: 'a', role: 'examiner', scope: '*', csrf: 'z' },
  ])
    assert.ok([403, 422].includes((await admin.post('/officers', form, '/officers')).status), form.officer);
  assert.equal((await admin.post('/officers/new-1/remove', {}, '/officers')).status, 303);
  for (const { officer, endedAt } of await listOfficers(db.sql, code))
    if (officer !== 'chief' && endedAt === null)
      await removeOfficer(db.sql, code, { officer, by: 'operator', now: room.time.now });
  const last = await admin.post('/officers/chief/remove', {}, '/officers');
  assert.equal(last.status, 422);
  assert.match(await last.text(), /管理の担当が1人もいなくなる/);
  const lost = await admin.post(
    '/officers',
    { officer: 'chief', role: 'reception', scope: '*' },
    '/officers',
  );
  assert.equal(lost.status, 422, 'nor by another role');
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
});

test('an agency where nobody was ever registered has one officer with every role; none is made once one was removed', async () => {
  await ensureFirstOfficer(db.sql, '99202', room.time.now);
  await ensureFirstOfficer(db.sql, '99202', room.time.now);
  const [first, ...others] = await listOfficers(db.sql, '99202');
  assert.equal(first?.officer, 'desk');
  assert.equal(first?.roles.length, roles.length);
  assert.deepEqual(others, []);
});

test('a link opens the registration of a card and nothing else; the card opens the desk', async () => {
  const inside = await temporaryDatabase();
  try {
    const login = await openLoginRoom(inside.db, origin, undefined, { linksOpen: false });
    const link = await createDeskLink({
      sql: inside.db.sql,
      agency: login.options.agency,
      now: login.time.now,
    });
    const officer = login.browser();
    const path = new URL(link).pathname + new URL(link).search;
    const entered = await officer.ask(path);
    assert.equal(entered.headers.get('location'), `${base}/desk/card`);
    for (const place of ['', '/figures', '/keys', '/officers', '/cases/2026-0000001', '/audit']) {
      const answer = await officer.ask(`${base}/desk${place}`);
      assert.equal(answer.status, 401, place);
      assert.match(await answer.text(), /カードの登録だけ/);
    }
    const csrf = { method: 'POST', headers: { origin, 'sec-fetch-site': 'same-origin' } };
    assert.equal((await officer.ask(`${base}/desk/export.csv`, csrf)).status, 401);
    assert.equal((await officer.ask(`${base}/desk/card`)).status, 200);
    const claims = await officer.start('desk/card');
    assert.equal((await officer.answer(claims, await login.tokenFor(claims))).status, 200);
    assert.equal((await officer.ask(`${base}/desk`)).status, 401, 'registering is not logging in');
    const again = await officer.start('desk');
    assert.equal((await officer.answer(again, await login.tokenFor(again))).status, 200);
    assert.equal((await officer.ask(`${base}/desk`)).status, 200);
    assert.equal((await officer.ask(`${base}/desk/officers`)).status, 200);
  } finally {
    await inside.close();
  }
});

test('the rules, without a desk', () => {
  const held = [
    { role: 'reception', procedures: 'all' },
    { role: 'approver', procedures: ['a'] },
  ] as const;
  assert.equal(may(held, 'view', 'b'), true);
  assert.equal(may(held, 'decide', 'a'), true);
  assert.equal(may(held, 'decide', 'b'), false);
  assert.equal(may(held, 'decide', null), false, 'what names no procedure is for the whole agency');
  assert.equal(may(held, 'view', null), true);
  assert.equal(may([], 'view'), false);
  assert.deepEqual(reach(held, 'decide'), ['a']);
  assert.equal(reach(held, 'view'), 'all');
  assert.deepEqual(reach(held, 'staff'), []);
});

test('another officer’s link changes seats on the demo’s one machine, and ends the session before; elsewhere it opens nothing over an open desk', async () => {
  for (const linksOpen of [true, false]) {
    const here = openDesk(room, { linksOpen });
    const first = await here('first');
    await here('second');
    const { agency, clock } = room.options;
    const link = await createDeskLink({ sql: db.sql, agency, now: clock(), officer: 'second' });
    const answer = await first.get(link.slice(link.indexOf('/enter')));
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.getSetCookie().length, linksOpen ? 1 : 0);
    if (linksOpen) assert.equal((await first.get('')).status, 401, 'one person sits in one place');
    const again = await openDesk(room, { linksOpen })('third');
    const used = await again.get(link.slice(link.indexOf('/enter')));
    assert.equal(
      used.headers.getSetCookie().length,
      0,
      'a link that was used, or is not for this place, opens nothing',
    );
  }
});
