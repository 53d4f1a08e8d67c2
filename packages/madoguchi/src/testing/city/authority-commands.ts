// The authority: requests, lists, revocation, clerks.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadCrl } from '@madoguchi/pki';
import { cli } from '../cli.js';
import { at, type City, card, data, good, hasOpenssl, json, list, pins } from './city.js';

export function authorityCommands(started: () => City): void {
  test('ca issue takes a request made by openssl', {
    skip: hasOpenssl ? false : 'openssl is not installed',
  }, async () => {
    execFileSync(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        at('key.pem'),
        '-subj',
        '/CN=x',
        '-out',
        at('request.pem'),
      ],
      { stdio: 'pipe' },
    );
    const issue = [
      'ca',
      'issue',
      ...data,
      '--csr',
      at('request.pem'),
      '--profile',
      'agency',
      '--agency-code',
      '99202',
      '--agency-name',
      '見本町',
      '--hosts',
      'town.example',
    ];
    await good([...issue, '-o', at('town.pem')]);
    assert.match(await good(['cert', 'show', at('town.pem')]), /subject .*見本町/);
    const hostless = await cli(issue.slice(0, -2));
    assert.equal(hostless.code, 64);
    assert.match(hostless.err, /--hosts is missing/);
  });

  test('ca list, show, stats, crl and revoke work while start runs; verify then says what the revocation means', async () => {
    const before = await list();
    const mine = before.find(({ profile }) => profile === 'signature');
    assert.ok(mine);
    assert.match(await good(['ca', 'list', ...data]), new RegExp(`${mine.serial} +signature`));
    assert.match(await good(['ca', 'show', ...data, '--serial', mine.serial]), /BEGIN CERTIFICATE/);
    assert.equal((await cli(['ca', 'show', ...data, '--serial', 'ff00ff'])).code, 1);
    assert.match(await good(['ca', 'stats', ...data]), /signature .*issued 2, valid 2, revoked 0/);

    const bad = await cli(['ca', 'revoke', ...data, '--serial', mine.serial, '--reason', 'boredom']);
    assert.equal(bad.code, 64, bad.err);
    const done = await json<{ reason: string }>([
      'ca',
      'revoke',
      ...data,
      '--serial',
      mine.serial,
      '--reason',
      'keyCompromise',
    ]);
    assert.equal(done.reason, 'keyCompromise');
    assert.equal((await list()).find(({ serial }) => serial === mine.serial)?.status, 'revoked');
    await good(['ca', 'crl', ...data, '-o', at('lists')]);
    const files = readdirSync(at('lists'), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.crl'));
    assert.ok(files.length > 0);
    for (const file of files) assert.ok(loadCrl(readFileSync(path.join(at('lists'), file))).ok, file);

    const own = await cli(['card', 'cert', 'sign', '--check', ...card, '--pin-env', 'SIGN'], { env: pins });
    assert.equal(own.code, 1, own.err);
    assert.match(own.out, /に失効しています/);

    const later = await cli(['verify', at('letter.asice'), ...data]);
    assert.equal(later.code, 2, 'revoked, and nothing proves that the signature was made before');
    assert.match(later.out, /REVOKED/);
  });

  test('ca clerk add, list and remove: a link from where the counter runs, which registers a card and nothing else, and no longer after the removal', async () => {
    const enrol = ['--role', 'clerk', '--municipality', '99201', ...data, 'clerk-77'];
    const made = await json<{ link: string }>(['ca', 'clerk', 'add', ...enrol]);
    const counter = `http://127.0.0.1:${started().port + 1}/counter`;
    assert.ok(made.link.startsWith(`${counter}/enter/`), made.link);
    const elsewhere = await json<{ link: string }>([
      ...['ca', 'clerk', 'add', ...enrol, '--origin', 'https://madoguchi.city.example/counter'],
    ]);
    assert.ok(elsewhere.link.startsWith('https://madoguchi.city.example/counter/enter/'), elsewhere.link);
    const entered = await fetch(made.link, { redirect: 'manual' });
    assert.equal(entered.headers.get('location'), '/counter/card');
    const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const look = async () => (await fetch(`${counter}/card`, { headers: { cookie } })).status;
    assert.equal(await look(), 200);
    const clerks = await json<{ account: string; role: string; hasCard: boolean }[]>([
      'ca',
      'clerk',
      'list',
      ...data,
    ]);
    assert.deepEqual(
      clerks.map(({ account, role, hasCard }) => [account, role, hasCard]),
      [
        ['clerk-1', 'supervisor', true],
        ['clerk-77', 'clerk', false],
      ],
    );
    await json(['ca', 'clerk', 'remove', ...data, 'clerk-77']);
    assert.equal(await look(), 401);
    assert.equal((await cli(['ca', 'clerk', 'remove', ...data, 'clerk-77'])).code, 1);
    assert.equal((await cli(['ca', 'clerk', 'add', '--role', 'king', ...data, 'x-1'])).code, 64);
  });
}
