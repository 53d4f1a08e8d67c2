import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { loadCrl } from '../crl/load.js';
import { buildOcspRequest } from '../ocsp/request.js';
import { verifyOcspResponse } from '../ocsp/verify.js';
import { openssl, opensslAbsent, withFiles } from '../testing/outside.js';
import { validatePath } from './validate.js';

const configuration = `
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = new
serial = serial
crlnumber = crlnumber
default_md = sha256
default_days = 30
default_crl_days = 7
policy = any
unique_subject = no
crl_extensions = crl
x509_extensions = leaf
[any]
commonName = supplied
[req]
distinguished_name = dn
prompt = no
utf8 = yes
string_mask = utf8only
[dn]
CN = 見本
[root]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
keyUsage = critical, digitalSignature, nonRepudiation
authorityKeyIdentifier = keyid, issuer
subjectKeyIdentifier = hash
[responder]
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
authorityKeyIdentifier = keyid
[crl]
authorityKeyIdentifier = keyid
`;

/** Runs one openssl command that must succeed. */
function must(folder: string, ...args: string[]): void {
  const { ok, text } = openssl(folder, ...args);
  assert.ok(ok, `openssl ${args.join(' ')}\n${text}`);
}

const keys = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-pss': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
} as const;

suite('what openssl makes we read', { skip: opensslAbsent }, () => {
  for (const [kind, key] of Object.entries(keys)) {
    test(`certificates, CRLs and OCSP answers by ${kind} keys`, () => {
      const pss =
        kind === 'rsa-pss' ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1'] : [];
      const files = { 'ca.cnf': configuration, 'index.txt': '', serial: '1000\n', crlnumber: '01\n' };
      withFiles(files, (folder) => {
        mkdirSync(path.join(folder, 'new'));
        const read = (name: string): Uint8Array => readFileSync(path.join(folder, name));
        const der = (name: string): Uint8Array => {
          must(folder, 'x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`);
          return read(`${name}.der`);
        };
        const request = (name: string): void => {
          must(folder, 'genpkey', ...key, '-out', `${name}.key`);
          must(
            folder,
            'req',
            '-new',
            '-config',
            'ca.cnf',
            '-key',
            `${name}.key`,
            '-subj',
            `/CN=${name}`,
            '-out',
            `${name}.csr`,
          );
        };
        request('root');
        must(
          folder,
          'req',
          '-x509',
          '-config',
          'ca.cnf',
          '-extensions',
          'root',
          '-key',
          'root.key',
          '-days',
          '60',
          ...pss,
          '-out',
          'root.pem',
        );
        const ca = ['ca', '-batch', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key', ...pss];
        for (const name of ['good', 'bad', 'responder']) {
          request(name);
          const section = name === 'responder' ? ['-extensions', 'responder'] : [];
          must(folder, ...ca, ...section, '-notext', '-in', `${name}.csr`, '-out', `${name}.pem`);
        }
        must(folder, ...ca, '-revoke', 'bad.pem', '-crl_reason', 'affiliationChanged');
        must(folder, ...ca, '-gencrl', '-out', 'crl.pem');
        must(folder, 'crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der');

        const time = new Date(Date.now() + 60_000);
        const anchors = [der('root')];
        const crl = read('crl.der');
        const loaded = loadCrl(crl);
        assert.ok(loaded.ok && loaded.crl.size === 1 && loaded.crl.number === 1n);
        const verdict = (name: string, more = {}) =>
          validatePath({ leaf: der(name), anchors, crls: [crl], time, ...more });
        const good = verdict('good', { keyUsage: ['nonRepudiation'] });
        assert.equal(good.indication, 'PASSED', good.reason);
        assert.equal(verdict('bad').subIndication, 'REVOKED_NO_POE');

        for (const name of ['good', 'bad']) {
          for (const hashAlgorithm of ['sha1', 'sha256'] as const) {
            const nonce = Buffer.alloc(16, 9);
            const asked = { certificate: der(name), issuer: anchors[0] ?? crl, nonce, hashAlgorithm };
            writeFileSync(path.join(folder, 'request.der'), buildOcspRequest(asked));
            must(
              folder,
              ...[
                'ocsp',
                '-index',
                'index.txt',
                '-CA',
                'root.pem',
                '-rsigner',
                'responder.pem',
                '-rkey',
                'responder.key',
              ],
              ...['-reqin', 'request.der', '-respout', 'response.der', '-ndays', '1'],
            );
            const response = read('response.der');
            const answer = verifyOcspResponse({
              response,
              certificate: asked.certificate,
              issuer: asked.issuer,
              time,
              nonce,
            });
            assert.ok(answer.ok, answer.ok ? '' : answer.rule);
            assert.equal(answer.status, name === 'good' ? 'good' : 'revoked');
            if (name === 'bad') assert.equal(answer.reason, 'affiliationChanged');
            const told = verdict(name, { crls: [], ocspResponses: [response] });
            assert.equal(told.valid, name === 'good', told.reason);
          }
        }
      });
    });
  }
});
