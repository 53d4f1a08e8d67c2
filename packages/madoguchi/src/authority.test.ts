/** The authority as an operator runs it: keys in a hardware module, served to notified verifiers over mutual TLS, judged by curl and OpenSSL. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { openDatabase } from '@madoguchi/store';
import { cli, freePort, lasting, type Running, temporary } from './testing/cli.js';

const module = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'].find(existsSync);
const lacking = ['curl', 'openssl'].find((name) => spawnSync(name, ['version']).error !== undefined);
const skip =
  module === undefined ? 'SoftHSM2 is not installed' : lacking !== undefined && `${lacking} is not installed`;

suite('an authority with keys in a module, for notified verifiers', { skip }, () => {
  const dir = temporary('authority');
  const at = (name: string) => path.join(dir, name);
  const dataDir = at('data');
  const data = ['--data', dataDir];
  const env = {
    SOFTHSM2_CONF: at('softhsm2.conf'),
    MADOGUCHI_PKCS11_MODULE: module ?? '',
    MADOGUCHI_PKCS11_TOKEN: 'operator',
    MADOGUCHI_PKCS11_PIN_FILE: at('pin'),
  };
  let served: Running;
  let origin: string;

  async function good(words: readonly string[]): Promise<string> {
    const { code, out, err } = await cli(words, { env });
    assert.equal(code, 0, `${words.join(' ')}: ${err}${out}`);
    return out;
  }

  function run(program: string, args: readonly string[], input = ''): { code: number | null; out: string } {
    const ran = spawnSync(program, args, { cwd: dir, input, encoding: 'utf8' });
    return { code: ran.status, out: ran.stdout + ran.stderr };
  }

  function made(program: string, ...args: string[]): void {
    const { code, out } = run(program, args);
    assert.equal(code, 0, `${program} ${args.join(' ')}: ${out}`);
  }

  /** A certificate of one's own, as a verifier registers it. */
  function selfSigned(name: string, ...more: string[]): string {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    made(
      'openssl',
      'req',
      '-x509',
      ...key,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
      '-out',
      `${name}.pem`,
      ...more,
    );
    return createHash('sha256')
      .update(new X509Certificate(readFileSync(at(`${name}.pem`))).raw)
      .digest('hex');
  }

  /** By curl: status and body, as whoever holds that certificate. */
  function curl(place: string, as?: string, ...more: string[]): { status: number; body: Buffer } {
    const shown = as === undefined ? [] : ['--cert', `${as}.pem`, '--key', `${as}.key`];
    const to = ['--cacert', 'server.pem', '-o', 'body', '-w', '%{http_code}', `${origin}${place}`];
    const { out } = run('curl', ['-sS', ...shown, ...more, ...to]);
    return { status: Number(out.trim()), body: readFileSync(at('body')) };
  }

  before(async () => {
    mkdirSync(at('tokens'));
    writeFileSync(env.SOFTHSM2_CONF, `directories.tokendir = ${at('tokens')}\nlog.level = ERROR\n`);
    writeFileSync(at('pin'), '8765\n', { mode: 0o600 });
    const token = ['--init-token', '--free', '--label', 'operator', '--pin', '8765', '--so-pin', '1234'];
    const token0 = spawnSync('softhsm2-util', token, { env: { ...process.env, ...env } });
    assert.equal(token0.status, 0, String(token0.stderr));
    await good(['ca', 'init', ...data]);

    selfSigned('server', '-addext', 'subjectAltName=IP:127.0.0.1');
    const verifier = selfSigned('verifier');
    selfSigned('stranger');
    const port = await freePort();
    origin = `https://127.0.0.1:${port}`;
    const config = {
      data: dataDir,
      port,
      caUrl: origin,
      tlsKey: at('server.key'),
      tlsCert: at('server.pem'),
      verifierCertificates: [verifier],
    };
    writeFileSync(at('config.json'), JSON.stringify(config));
    served = await lasting(['serve', 'ca', '--config', at('config.json')], 'authority:', { env });
  });
  after(() => served?.stop());

  test('no issuing key lies in the key store, and without the module nothing is issued', async () => {
    const names = readdirSync(dataDir, { recursive: true }).map(String);
    assert.deepEqual(
      names.filter((name) => /ca-(sign|auth|agency|tsa)-g1/.test(name)),
      [],
    );
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'tsa.key'];
    made('openssl', 'req', '-new', ...key, '-subj', '/CN=x', '-out', 'tsa.csr');
    const issue = ['ca', 'issue', ...data, '--csr', at('tsa.csr'), '--profile', 'tsa'];
    const without = await cli(issue);
    assert.equal(without.code, 69, without.err);
    await good([...issue, '-o', at('tsa.pem')]);
    made('openssl', 'verify', '-partial_chain', '-trusted', 'tsa.pem', 'tsa.pem');
  });

  test('a notified verifier gets the lists by the certificate it shows in TLS; nobody and a stranger do not', () => {
    const codesFor = (as?: string) => {
      const index = JSON.parse(curl('/crl/index.json', as).body.toString()) as { crls: { code: string }[] };
      return index.crls.map(({ code }) => code);
    };
    assert.ok(codesFor('verifier').includes('99201'));
    for (const other of [undefined, 'stranger']) {
      assert.ok(!codesFor(other).includes('99201'));
      assert.equal(curl('/crl/sign-g1-99201.crl', other).status, 401);
    }
    assert.equal(curl('/crl/agency-g1.crl').status, 200, 'agencies’ lists are public');
    const list = curl('/crl/sign-g1-99201.crl', 'verifier');
    assert.equal(list.status, 200);
    writeFileSync(at('list.crl'), list.body);
    const root = curl('/ca/sign-g1.cer');
    writeFileSync(at('root.cer'), root.body);
    made('openssl', 'x509', '-inform', 'DER', '-in', 'root.cer', '-out', 'root.pem');
    const judged = run('openssl', [
      'crl',
      '-inform',
      'DER',
      '-in',
      'list.crl',
      '-CAfile',
      'root.pem',
      '-noout',
    ]);
    assert.match(judged.out, /verify OK/);
  });

  test('openssl s_client proves the verifier’s key by itself', () => {
    const address = origin.replace('https://', '');
    const client = [
      's_client',
      '-connect',
      address,
      '-CAfile',
      'server.pem',
      '-verify_return_error',
      '-quiet',
    ];
    const asked = 'GET /crl/sign-g1-99201.crl HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
    const as = (name: string) => ['-cert', `${name}.pem`, '-key', `${name}.key`];
    assert.match(run('openssl', [...client, ...as('verifier')], asked).out, /HTTP\/1\.1 200/);
    assert.match(run('openssl', [...client, ...as('stranger')], asked).out, /HTTP\/1\.1 401/);
  });

  test('OCSP about a signature certificate is for verifiers too', async () => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'holder.key'];
    made('openssl', 'req', '-new', ...key, '-subj', '/CN=x', '-out', 'holder.csr');
    const person = [
      '--name',
      '総務　太郎',
      '--address',
      '見本県見本市中央一丁目２番３号',
      '--birth',
      '1975-04-01',
    ];
    const issue = [
      'ca',
      'issue',
      ...data,
      '--csr',
      at('holder.csr'),
      '--profile',
      'signature',
      '-o',
      at('holder.pem'),
    ];
    await good([...issue, ...person, '--sex', 'male', '--municipality', '99201']);
    const to = ['-issuer', 'root.pem', '-cert', 'holder.pem'];
    made('openssl', 'ocsp', ...to, '-no_nonce', '-reqout', 'ask.der');
    const post = ['-H', 'Content-Type: application/ocsp-request'];
    const answerTo = (as?: string, request = 'ask.der') => {
      writeFileSync(at('answer.der'), curl('/ocsp', as, ...post, '--data-binary', `@${request}`).body);
      return run('openssl', ['ocsp', '-respin', 'answer.der', '-CAfile', 'root.pem', ...to]).out;
    };
    assert.match(answerTo('verifier'), /holder\.pem: good[\s\S]*Response verify OK/);
    assert.match(answerTo(), /unauthorized/);
    // A holder asks about the own one: openssl signs the request with its key, then with a stranger's.
    const signedBy = (signer: string, key: string) => {
      const by = ['-signer', signer, '-signkey', key, '-reqout', 'signed.der'];
      made('openssl', 'ocsp', ...to, '-no_nonce', ...by);
      return answerTo(undefined, 'signed.der');
    };
    assert.match(signedBy('holder.pem', 'holder.key'), /holder\.pem: good[\s\S]*Response verify OK/);
    assert.match(signedBy('stranger.pem', 'stranger.key'), /unauthorized/);
  });

  test('the holder’s card asks by itself: with its password about the signature certificate, which nobody else may', async () => {
    const person = [
      '--name',
      '総務　花子',
      '--address',
      '見本県見本市中央一丁目２番３号',
      '--birth',
      '1980-02-03',
    ];
    const pins = { AUTH: '1234', SIGN: 'ABC123', NODE_EXTRA_CA_CERTS: at('server.pem') };
    const create = [
      'card',
      'create',
      '--ca',
      dataDir,
      ...person,
      '--sex',
      'female',
      '--municipality',
      '99201',
    ];
    const made = await cli(
      [...create, '--auth-pin-env', 'AUTH', '--sign-pin-env', 'SIGN', '-o', at('holder.card')],
      { env: { ...env, ...pins } },
    );
    assert.equal(made.code, 0, made.err);
    const place = ['--card', at('holder.card'), '--ocsp', `${origin}/ocsp`, '--lang', 'en'];
    const check = (...words: string[]) => cli([...words, ...place], { env: { ...env, ...pins } });
    const signature = await check('card', 'cert', 'sign', '--check', '--pin-env', 'SIGN');
    assert.equal(signature.code, 0, signature.err + signature.out);
    assert.match(signature.out, /Not revoked \(the authority says so/);
    const doctor = await check('doctor', '--pin-env', 'SIGN', '--agent-port', '9');
    assert.equal(doctor.out.match(/Not revoked \(the authority says so/g)?.length, 2, doctor.out);
  });

  test('the module is gone while it is served: lists go on, an answer that needs a key says try later, and it is back with the module', async () => {
    const child = (parent: string, words: string): string => {
      const found = spawnSync('pgrep', [...(parent === '' ? [] : ['-P', parent]), '-f', words], {
        encoding: 'utf8',
      }).stdout;
      const [pid] = found.trim().split('\n');
      assert.ok(pid, `a process with ${words}`);
      return pid;
    };
    const to = ['-issuer', 'root.pem', '-cert', 'holder.pem'];
    const post = ['-H', 'Content-Type: application/ocsp-request', '--data-binary', '@fresh.der'];
    const fresh = () => {
      // With a nonce: no kept answer will do.
      made('openssl', 'ocsp', ...to, '-reqout', 'fresh.der');
      writeFileSync(at('answer.der'), curl('/ocsp', 'verifier', ...post).body);
      const asked = ['-no_nonce', '-respin', 'answer.der', '-CAfile', 'root.pem'];
      return run('openssl', ['ocsp', ...asked, ...to]).out;
    };
    assert.match(fresh(), /holder\.pem: good/);
    const holder = child(child('', `serve ca --config ${at('config.json')}`), 'token-child');
    renameSync(at('tokens'), at('away'));
    mkdirSync(at('tokens'));
    process.kill(Number(holder), 'SIGKILL');
    assert.match(fresh(), /trylater/i);
    assert.equal(curl('/crl/sign-g1-99201.crl', 'verifier').status, 200);
    const refused = await cli(['ca', 'issue', ...data, '--csr', at('tsa.csr'), '--profile', 'tsa'], { env });
    assert.equal(refused.code, 69, refused.err);
    rmSync(at('tokens'), { recursive: true });
    renameSync(at('away'), at('tokens'));
    assert.match(fresh(), /holder\.pem: good/);
  });

  test('a key from a list is blocked, and answers are written as files', async () => {
    made('openssl', 'pkey', '-in', 'stranger.key', '-pubout', '-out', 'known.pem');
    const block = ['ca', 'block-keys', at('known.pem'), ...data];
    assert.match(await good([...block, '--why', 'published']), /1 keys are blocked from now on/);
    const told = JSON.parse(await good([...block, '--why', 'published', '--json'])) as { known: number };
    assert.equal(told.known, 1);
    made('openssl', 'req', '-new', '-key', 'stranger.key', '-subj', '/CN=x', '-out', 'stranger.csr');
    const refused = await cli(['ca', 'issue', ...data, '--csr', at('stranger.csr'), '--profile', 'tsa'], {
      env,
    });
    assert.notEqual(refused.code, 0);
    writeFileSync(at('bad.txt'), 'not a key\n');
    const bad = await cli(['ca', 'block-keys', at('bad.txt'), ...data, '--why', 'x'], { env });
    assert.equal(bad.code, 1, bad.err);
    assert.match(bad.out, /bad\.txt:1: neither 64 hexadecimal digits/);
    assert.match(await good(['ca', 'ocsp', ...data, '-o', at('cdn')]), /\d+ answers/);
  });

  test('a cut tail of the audit chain shows by any list that was kept, and by nothing else', async () => {
    await good(['audit', 'verify', ...data, '--head', at('list.crl')]);
    assert.equal(await served.stop(), 0);
    const database = await openDatabase({ dataDir });
    try {
      // As whoever owns the database could do it: entries gone, and the head put back with them.
      await database.sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`delete from store.audit_entries where chain = 'ca' and seq > 3`;
        await tx`update store.audit_heads set (seq, hash) =
          (select seq, hash from store.audit_entries where chain = 'ca' and seq = 3) where chain = 'ca'`;
      });
    } finally {
      await database.close();
    }
    assert.match(await good(['audit', 'verify', ...data]), /ok {3}ca: 3 entries/);
    const shown = await cli(['audit', 'verify', ...data, '--head', at('list.crl')], { env });
    assert.equal(shown.code, 1);
    assert.match(shown.out, /FAIL ca: .*the chain was cut before it/);
  });
});
