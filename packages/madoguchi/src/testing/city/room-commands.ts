// The desk's officers, the commands without a running start, each room alone.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { openDatabase } from '@madoguchi/store';
import { cli, freePort, lasting } from '../cli.js';
import { at, type City, data, dir, good, json, list, pins } from './city.js';

export function roomCommands(started: () => City): void {
  test('agency officer add, list and remove: a link from where the desk runs, which opens it, and no longer after the removal', async () => {
    const roads = ['agency', 'department', 'doro', '--procedure', 'douro-senyo', ...data];
    assert.match(await good(roads), /doro: douro-senyo/);
    const made = await json<{ officer: string; link: string }>([
      ...[
        'agency',
        'officer',
        'add',
        '--role',
        'examiner',
        '--department',
        'doro',
        '--office',
        'police',
        ...data,
      ],
      'shimin-07',
    ]);
    assert.ok(
      made.link.startsWith(`http://127.0.0.1:${started().port}/a/99201/desk/enter?token=`),
      made.link,
    );
    const entered = await fetch(made.link, { redirect: 'manual' });
    assert.equal(entered.status, 303);
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const desk = `http://127.0.0.1:${started().port}/a/99201/desk`;
    const look = async () => (await fetch(desk, { headers: { cookie } })).status;
    assert.equal(await look(), 200);
    const officers = await json<{ officer: string; roles: object[] }[]>([
      'agency',
      'officer',
      'list',
      ...data,
    ]);
    assert.deepEqual(
      officers.map(({ officer }) => officer),
      ['desk', 'shimin-07'],
    );
    assert.match(await good(['agency', 'officer', 'list', ...data]), /examiner \(department:doro\)/);
    assert.match(await good(['agency', 'officer', 'list', ...data]), /examiner \(office:police\)/);
    assert.match(await good(['agency', 'officer', 'remove', 'shimin-07', ...data]), /removed/);
    assert.equal(await look(), 401);
    writeFileSync(at('links.csv'), 'issuer_key_id,serial,resident_id\naabb,01,nobody\n');
    const links = await cli(['agency', 'links', 'import', at('links.csv'), ...data]);
    assert.equal(links.code, 1, links.err);
    assert.match(links.out, /links\.csv:2: this resident is not on record/);
    const wrong = await cli(['agency', 'officer', 'add', 'x', '--role', 'king', ...data]);
    assert.equal(wrong.code, 64);
    assert.match(wrong.err, /reception, examiner, approver, auditor, admin/);
    assert.equal(
      (await cli(['agency', 'officer', 'remove', 'desk', ...data])).code,
      1,
      'the last admin stays',
    );
  });

  test('the same without a running start: ca list, card create for another person, audit', async () => {
    const before = await list();
    assert.equal(await started().running.stop(), 0);
    assert.deepEqual(await list(), before);
    const create = [
      ...['card', 'create', '--ca', dir, '--name', '見本　花子', '--address', '見本県見本市東二丁目１番地'],
      ...['--birth', '1988-02-29', '--sex', 'female', '--municipality', '99201'],
      ...['--auth-pin-env', 'AUTH', '--sign-pin-env', 'SIGN', '-o', at('hanako.card')],
    ];
    await json(create, 0, pins);
    assert.equal((await list()).length, before.length + 2);
    assert.match(await good(['audit', 'verify', ...data]), /^ok {3}ca: \d+ entries/m);
    const chains = await json<{ chain: string; head: { seq: string } }[]>(['audit', 'verify', ...data]);
    const chain = chains.find(({ chain: name }) => name === 'ca');
    assert.ok(chain);
    writeFileSync(
      at('head.json'),
      JSON.stringify({ ...chain.head, seq: String(Number(chain.head.seq) + 1) }),
    );
    const cut = await cli(['audit', 'verify', ...data, '--chain', 'ca', '--head', at('head.json')]);
    assert.equal(cut.code, 1, cut.err);
    assert.match(cut.out, /the chain was cut/);
    const strange = await cli(['audit', 'verify', ...data, '--chain', 'ca', '--head', at('pin.txt')]);
    assert.equal(strange.code, 64);

    const database = await openDatabase({ dataDir: dir });
    await database.sql`update store.audit_entries set actor = 'nobody' where chain = 'ca' and seq = 3`;
    await database.close();
    const tampered = await cli(['audit', 'verify', ...data]);
    assert.equal(tampered.code, 1);
    assert.match(tampered.out, /^FAIL ca: entry 3 is the first broken link: it was changed/m);
  });

  test('serve: each room answers alone, without metrics, and stops when told', async () => {
    const port = await freePort();
    const caUrl = `http://127.0.0.1:${port}`;
    const env = { MADOGUCHI_CA_URL: caUrl };
    const status = async (url: string) => (await fetch(url, { redirect: 'manual' })).status;
    const authority = await lasting(['serve', 'ca', ...data, '--port', String(port)], 'authority:', { env });
    const agency = await lasting(['serve', 'agency', ...data, '--port', String(port + 1)], 'desk:', { env });
    const city = `http://127.0.0.1:${port + 1}/a/99201/`;
    const portal = await lasting(['serve', 'portal', ...data, '--port', String(port + 2)], 'portal:', {
      env: {
        ...env,
        MADOGUCHI_CATALOGUES: `${city}catalogue.json`,
        MADOGUCHI_FEATURED: '99201/kokuho-kanyu',
      },
    });
    const first = await (await fetch(`http://127.0.0.1:${port + 2}/`)).text();
    assert.ok(first.includes(`button-primary" href="${city}procedures/kokuho-kanyu"`), first);
    const faulty = await cli(['serve', 'portal'], { env: { MADOGUCHI_CATALOGUES: at('head.json') } });
    assert.equal(faulty.code, 64);
    assert.match(faulty.err, /catalogues: .*head\.json: /);
    const agentPort = await freePort();
    const agent = await lasting(['serve', 'agent', ...data, '--port', String(agentPort)], 'agent:', { env });
    const another = await cli(['serve', 'agent', ...data, '--port', String(agentPort)], { env });
    assert.equal(another.code, 69, another.err);
    assert.match(another.err, /madoguchi-agent 0\.1\.0/);
    if (process.platform === 'linux') assert.match(another.err, /pid \d+/);
    for (const base of [caUrl, `http://127.0.0.1:${port + 1}/a/99201`, `http://127.0.0.1:${port + 2}`]) {
      assert.equal(await status(`${base}/healthz`), 200, base);
      assert.equal(await status(`${base}/readyz`), 200, base);
      assert.equal(await status(`${base}/metrics`), 404, base);
    }
    assert.equal(await status(`http://127.0.0.1:${port + 1}/a/99201/`), 200);
    assert.equal(await status(`http://127.0.0.1:${agentPort}/status`), 200);
    for (const room of [agent, portal, agency, authority]) assert.equal(await room.stop(), 0, room.err());
    const taken = await lasting(['serve', 'portal', '--port', String(port)], 'portal:');
    const second = await cli(['serve', 'portal', '--port', String(port)]);
    assert.equal(second.code, 69);
    assert.match(second.err, new RegExp(`Port ${port} .*taken`));
    await taken.stop();
  });
}
