// `serve agency` with TLS of its own: the holder's own page opened by the card's authentication certificate, in curl and openssl.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { cli, freePort, lasting, type Running } from '../../packages/madoguchi/dist/testing/cli.js';
import { inPcscNamespace, run, runWithInput } from './support/pcsc-namespace.js';
import { saysPin } from './support/says-pin.js';

const env = { PKCS11_MODULE_PATH: '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so' };
const key = 'pkcs11:token=JPKI%20(User%20Authentication%20PIN);id=%01;type=private;pin-value=1234';
const pins = { SIGN: 'ABC123', AUTH: '1234' };
const person = [
  ...['--name', '総務　太郎', '--address', '見本県見本市中央１丁目１番１号', '--birth', '1980-02-03'],
  ...['--sex', 'male', '--municipality', '99201', '--auth-pin-env', 'AUTH', '--sign-pin-env', 'SIGN'],
];

inPcscNamespace(import.meta.url, ['openssl', 'curl', 'opensc-tool'], () => {
  let dir = '';
  let port = 0;
  const rooms: Running[] = [];
  const at = (name: string) => path.join(dir, name);
  const data = () => ['--data', at('data')];

  async function good(words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, out, err } = await cli(words, { env: more });
    assert.equal(code, 0, `${words.join(' ')}: ${err}${out}`);
    return out;
  }

  /** A card of the authority in this folder, and its authentication certificate beside it. */
  async function card(name: string, authority: string): Promise<void> {
    await good(['card', 'create', '--ca', at(authority), ...person, '-o', at(`${name}.card`)], pins);
    const given = ['--card', at(`${name}.card`), '--data', at(authority)];
    writeFileSync(at(`${name}.pem`), await good(['card', 'cert', 'auth', ...given]));
  }

  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'mado-agency-tls-'));
    for (const authority of ['data', 'other']) await good(['ca', 'init', '--data', at(authority)]);
    await card('taro', 'data');
    await card('stranger', 'other');
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const made = await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '2', ...names],
      ...['-keyout', at('tls.key'), '-out', at('tls.pem')],
    ]);
    assert.equal(made.code, 0, made.stderr);
    port = await freePort();
    const settings = {
      MADOGUCHI_CA_URL: `http://127.0.0.1:${port}`,
      MADOGUCHI_ORIGIN: `https://localhost:${port + 1}`,
      MADOGUCHI_CARD_LOGIN_PORT: String(port + 2),
      MADOGUCHI_TLS_KEY: at('tls.key'),
      MADOGUCHI_TLS_CERT: at('tls.pem'),
    };
    rooms.push(await lasting(['serve', 'ca', ...data(), '--port', String(port)], 'authority:'));
    rooms.push(
      await lasting(['serve', 'agency', ...data(), '--port', String(port + 1)], 'desk:', { env: settings }),
    );
  });
  after(async () => {
    for (const room of rooms.reverse()) assert.equal(await room.stop(), 0, room.err());
    await rm(dir, { recursive: true, force: true });
  });

  async function inReader<T>(name: string, authority: string, work: () => Promise<T>): Promise<T> {
    const served = await lasting(['card', 'serve', at(`${name}.card`), '--data', at(authority)], 'ready');
    try {
      return await work();
    } finally {
      await served.stop();
    }
  }

  const entrance = () => `https://localhost:${port + 2}/a/99201/my`;
  const plain = ['--silent', '--show-error', '--max-time', '120', '--write-out', '\n%{http_code}'];
  const curl = (name: string | undefined, ...more: string[]) =>
    run(
      'curl',
      [
        ...[...plain, '--cacert', at('tls.pem')],
        ...(name === undefined
          ? []
          : ['--engine', 'pkcs11', '--cert', at(`${name}.pem`), '--key-type', 'ENG', '--key', key]),
        ...more,
      ],
      { env },
    );

  test('the agency answers by TLS of its own and asks nobody there for a certificate', async () => {
    const page = await curl(undefined, `https://localhost:${port + 1}/a/99201/my`);
    assert.match(page.stdout, /カードでログインする[\s\S]*\n200$/, page.stderr);
    assert.ok(page.stdout.includes(`href="${entrance()}"`), 'the other way in is on the page');
    const asked = await run('sh', [
      '-c',
      `openssl s_client -connect 127.0.0.1:${port + 1} -servername localhost -CAfile '${at('tls.pem')}' </dev/null`,
    ]);
    assert.match(asked.stdout, /No client certificate CA names sent[\s\S]*TLSv1\.3/);
  });

  test('curl with the card opens the holder’s own page: TLS 1.2, a session, and the agency’s own origin', () =>
    inReader('taro', 'data', async () => {
      const done = await curl('taro', '--verbose', '--location', '--cookie-jar', at('jar'), entrance());
      assert.match(done.stdout, /カードでログインしています[\s\S]*\n200$/, done.stderr);
      assert.match(done.stderr, /SSL connection using TLSv1\.2/);
      assert.match(
        done.stderr,
        /set-cookie: mado_my_99201=[^;]+;.*Path=\/a\/99201\/my; HttpOnly; Secure; SameSite=Lax/i,
      );
      // The session goes on without the card and without its certificate.
      const later = await curl(undefined, '--cookie', at('jar'), `https://localhost:${port + 1}/a/99201/my`);
      assert.match(later.stdout, /カードでログインしています/, later.stderr);
      const neighbour = await curl(
        undefined,
        '--cookie',
        at('jar'),
        `https://localhost:${port + 1}/a/99000/my`,
      );
      assert.doesNotMatch(neighbour.stdout, /カードでログインしています/);
    }));

  test('openssl s_client with the card gets the same session, and cannot resume it without the card', () =>
    inReader('taro', 'data', async () => {
      const words = [
        ...['s_client', '-connect', `127.0.0.1:${port + 2}`, '-servername', 'localhost', '-tls1_2'],
        ...['-CAfile', at('tls.pem'), '-engine', 'pkcs11', '-keyform', 'engine', '-key', key],
        ...['-cert', at('taro.pem'), '-no_ign_eof', '-verify_return_error'],
      ];
      const ask = `GET /a/99201/my HTTP/1.1\r\nHost: localhost:${port + 2}\r\nConnection: close\r\n\r\n`;
      const done = await runWithInput('openssl', [...words, '-quiet'], ask, 'mado_my', env);
      assert.match(done.stdout, /303 See Other[\s\S]*mado_my_99201=/, done.stderr);
      const ticket = await runWithInput(
        'openssl',
        [...words, '-sess_out', at('session')],
        ask,
        'mado_my',
        env,
      );
      assert.match(ticket.stdout, /mado_my_99201=/, ticket.stderr);
      const again = await runWithInput(
        'openssl',
        [
          ...['s_client', '-connect', `127.0.0.1:${port + 2}`, '-servername', 'localhost', '-tls1_2'],
          ...['-CAfile', at('tls.pem'), '-sess_in', at('session'), '-no_ign_eof'],
        ],
        ask,
        '401 Unauthorized',
        env,
      );
      assert.match(again.stdout, /New, TLSv1\.2[\s\S]*401 Unauthorized/, again.stderr);
    }));

  test('no card, a stranger’s card, TLS 1.3 and a revoked card do not come in, each in words', async () => {
    const none = await curl(undefined, entrance());
    assert.match(none.stdout, /示されませんでした[\s\S]*\n401$/, none.stderr);
    const modern = await curl(undefined, '--tlsv1.3', entrance());
    assert.notEqual(modern.code, 0);
    assert.notEqual((await curl('taro', entrance())).code, 0, 'the certificate without its card');
    await inReader('stranger', 'other', async () => {
      const done = await curl('stranger', entrance());
      assert.match(done.stdout, /\n403$/, done.stderr);
      assert.doesNotMatch(done.stdout + done.stderr, /set-cookie/i);
    });
    const listed: { serial: string; profile: string; status: string }[] = JSON.parse(
      await good(['ca', 'list', ...data(), '--json']),
    );
    const mine = listed.find(({ profile }) => profile === 'authentication');
    assert.ok(mine);
    await good(['ca', 'revoke', ...data(), '--serial', mine.serial, '--reason', 'keyCompromise']);
    await inReader('taro', 'data', async () => {
      const done = await curl('taro', entrance());
      assert.match(done.stdout, /失効しています[\s\S]*\n403$/, done.stderr);
    });
    const logs = rooms.map((room) => room.out() + room.err()).join('\n');
    for (const secret of [mine.serial, '総務']) assert.ok(!logs.includes(secret), secret);
    assert.ok(!saysPin(logs, '1234'), logs);
  });

  test('the portal answers by TLS of its own too', async () => {
    const place = await freePort();
    const portal = await lasting(['serve', 'portal', '--port', String(place)], 'portal: https:', {
      env: { MADOGUCHI_TLS_KEY: at('tls.key'), MADOGUCHI_TLS_CERT: at('tls.pem') },
    });
    const page = await curl(undefined, `https://localhost:${place}/`);
    assert.match(page.stdout, /\n200$/, page.stderr);
    assert.equal(await portal.stop(), 0);
  });

  test('a login by card without TLS is refused at the start, with the key that is missing', async () => {
    const { code, err } = await cli(['serve', 'agency', ...data(), '--port', '0'], {
      env: { MADOGUCHI_CARD_LOGIN_PORT: '0' },
    });
    assert.equal(code, 64, err);
    assert.match(err, /cardLoginPort is set: .*tlsKey and tlsCert/);
  });
});
