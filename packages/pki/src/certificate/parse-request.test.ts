import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextTag } from '../der/tags.js';
import { bitString, constructed, integer, oid, sequence, setOf, utf8String } from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { openssl, opensslAbsent, withFiles } from '../testing/outside.js';
import { parseCertificationRequest } from './parse-request.js';

test('the attributes of a request have a form: where OpenSSL reads none, neither do we', {
  skip: opensslAbsent,
}, async () => {
  const { publicKey, pkcs8 } = await generateKeyPair('p256');
  const signer = softwareSigner(pkcs8);
  const list = (...attributes: Uint8Array[]) => constructed(contextTag(0, true), attributes);
  const password = sequence(oid('1.2.840.113549.1.9.7'), setOf(utf8String('word')));
  const cases: [string, Uint8Array[], string?][] = [
    ['none', [list()]],
    ['left out, as old programs do', []],
    ['one', [list(password)]],
    ['the same twice', [list(password, password)]],
    ['two lists', [list(), list()], 'csr.info.trailing'],
    ['something behind the list', [list(), utf8String('more')], 'csr.info.trailing'],
    ['no attribute in the list', [list(utf8String('word'))], 'cms.attribute'],
  ];
  for (const [name, rest, rule] of cases) {
    const info = sequence(integer(0), sequence(), publicKey, ...rest);
    const { identifier } = signatureSchemes[signer.algorithm];
    const request = sequence(info, identifier, bitString(await signer.sign(info)));
    const parsed = parseCertificationRequest(request);
    assert.equal(parsed.ok ? undefined : parsed.rule, rule, name);
    const read = withFiles({ request }, (folder) =>
      openssl(folder, 'req', '-noout', '-inform', 'DER', '-in', 'request'),
    );
    assert.equal(read.ok, rule === undefined, name);
  }
});
