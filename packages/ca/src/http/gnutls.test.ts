import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { buildOcspRequest, generateKeyPair } from '@madoguchi/pki';
import { createOcspResponder } from '../ocsp/responder.js';
import { demoResidents } from '../residents.js';
import { startAuthority, type TestAuthority, writePem } from '../testing/authority.js';

const absent = ['certtool', 'ocsptool'].filter(
  (program) => spawnSync(program, ['--version']).error !== undefined,
);
const skip = absent.length > 0 ? `${absent.join(' and ')} not installed (gnutls-bin)` : false;

suite('GnuTLS reads and verifies what the authority makes', { skip }, () => {
  let authority: TestAuthority;
  before(async () => {
    authority = await startAuthority();
  });
  after(() => authority.close());

  const run = (program: string, ...args: string[]) => {
    const ran = spawnSync(program, args, { encoding: 'utf8' });
    return { code: ran.status, output: ran.stdout + ran.stderr };
  };

  async function issue() {
    const [resident] = demoResidents;
    assert.ok(resident);
    const { publicKey } = await generateKeyPair('p256');
    const issued = await authority.ca.issue({ profile: 'authentication', publicKey, resident });
    const [issuer] = issued.chain;
    assert.ok(issuer);
    const { dir } = authority;
    return {
      ...issued,
      issuer,
      leaf: await writePem(path.join(dir, 'leaf.pem'), 'CERTIFICATE', [issued.certificate]),
      root: await writePem(path.join(dir, 'root.pem'), 'CERTIFICATE', [issuer]),
    };
  }

  test('certtool verifies a chain and a list, and prints the fields of the profile', async () => {
    const { leaf, root, serial } = await issue();
    const chain = run('certtool', '--verify', '--load-ca-certificate', root, '--infile', leaf);
    assert.equal(chain.code, 0, chain.output);
    const shown = run('certtool', '-i', '--infile', leaf);
    assert.match(shown.output, new RegExp(serial.toLowerCase()));
    assert.match(shown.output, /Key Usage \(critical\):\s+Digital signature\./);
    assert.match(shown.output, /1\.3\.6\.1\.4\.1\.32473\.8\.5\.1\.3\.30/);
    assert.match(shown.output, /Access Method: 1\.3\.6\.1\.5\.5\.7\.48\.1/);
    const crl = await authority.ca.crl('auth-g1', '99201');
    assert.ok(crl);
    const list = await writePem(path.join(authority.dir, 'list.pem'), 'X509 CRL', [crl.der]);
    const verified = run('certtool', '--verify-crl', '--load-ca-certificate', root, '--infile', list);
    assert.equal(verified.code, 0, verified.output);
  });

  test('ocsptool verifies the answers: good, then revoked', async () => {
    const { certificate, issuer, root, serial } = await issue();
    const responder = createOcspResponder(authority.ca.context);
    for (const expected of ['good', 'revoked']) {
      const answer = await responder.answer(buildOcspRequest({ certificate, issuer }));
      const file = path.join(authority.dir, `${expected}.der`);
      await writeFile(file, answer.der);
      const verified = run('ocsptool', '--verify-response', '--load-trust', root, '--infile', file);
      assert.match(verified.output, /Verifying OCSP Response: Success/, verified.output);
      assert.match(
        run('ocsptool', '--response-info', '--infile', file).output,
        new RegExp(`Certificate Status: ${expected}`),
      );
      if (expected === 'good')
        await authority.ca.revoke({ certificate: { serial }, reason: 'keyCompromise' });
    }
  });
});
