import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, suite, test } from 'node:test';
import { parseCertificate } from '../certificate/parse.js';
import { loadCrl } from '../crl/load.js';
import { pkitsAbsent, pkitsFolder } from '../testing/outside.js';
import { type PathInput, validatePath } from './validate.js';

interface Case {
  id: string;
  name: string;
  settings: Partial<PathInput>;
  anchor: string;
  intermediates: string[];
  leaf: string;
  crls: string[];
  valid: boolean;
}

const cases = JSON.parse(
  readFileSync(new URL('../../testdata/pkits-cases.json', import.meta.url), 'utf8'),
) as Case[];
const time = new Date('2026-06-01T00:00:00Z');
/** Signed with DSA, which we do not support: the answer must be no, whatever the suite says. */
const dsa = new Set(['4.1.4', '4.1.5', '4.1.6']);

suite('NIST PKITS', { skip: pkitsAbsent }, () => {
  const certificates = new Map<string, Uint8Array>();
  const crls = new Map<string, Uint8Array>();
  before(() => {
    for (const [folder, map] of [
      ['certs', certificates],
      ['crls', crls],
    ] as const) {
      for (const file of readdirSync(path.join(pkitsFolder, folder))) {
        map.set(file, readFileSync(path.join(pkitsFolder, folder, file)));
      }
    }
  });
  const get = (map: Map<string, Uint8Array>, file: string): Uint8Array => {
    const found = map.get(file);
    assert.ok(found !== undefined, file);
    return found;
  };

  function check(
    each: Case,
    intermediates: PathInput['intermediates'],
    lists: PathInput['crls'],
  ): string | undefined {
    const result = validatePath({
      ...each.settings,
      leaf: get(certificates, each.leaf),
      ...(intermediates === undefined ? {} : { intermediates }),
      anchors: [get(certificates, each.anchor)],
      ...(lists === undefined ? {} : { crls: lists }),
      time,
    });
    assert.equal(result.valid, result.indication === 'PASSED');
    if (dsa.has(each.id)) return result.valid ? `${each.id}: DSA accepted` : undefined;
    if (result.valid === each.valid) return undefined;
    return `${each.id} ${each.name} ${JSON.stringify(each.settings)}: expected ${each.valid}, ${result.subIndication ?? ''} ${result.reason}`;
  }

  test('there are 251 cases', () => {
    assert.equal(cases.length, 251);
  });

  test('every case gets the right answer with the certificates and lists it needs', () => {
    const wrong = cases.flatMap(
      (each) =>
        check(
          each,
          each.intermediates.map((file) => get(certificates, file)),
          each.crls.map((file) => get(crls, file)),
        ) ?? [],
    );
    assert.deepEqual(wrong, []);
  });

  test('and with everything at once, in one order or the other', () => {
    const anchor = 'TrustAnchorRootCertificate.crt';
    const pool = [...certificates].flatMap(([file, der]) => {
      const parsed = file === anchor || file.endsWith('EE.crt') ? undefined : parseCertificate(der);
      return parsed?.ok ? [parsed.value] : [];
    });
    const lists = [...crls.values()].flatMap((der) => {
      const loaded = loadCrl(der);
      return loaded.ok ? [loaded.crl] : [];
    });
    const wrong = cases.flatMap((each, index) => {
      const forward = index % 2 === 0;
      return check(each, forward ? pool : [...pool].reverse(), forward ? lists : [...lists].reverse()) ?? [];
    });
    assert.deepEqual(wrong, []);
  });
});
