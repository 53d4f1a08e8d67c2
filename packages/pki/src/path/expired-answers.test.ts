import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { writeExtension } from '../certificate/issue.js';
import { writeGeneralizedTime } from '../der/time.js';
import {
  bitString,
  enumerated,
  explicit,
  nullValue,
  octetString,
  oid,
  primitive,
  sequence,
  unsignedInteger,
} from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import { certificateId } from '../ocsp/certificate-id.js';
import { access, digests, extensionIds } from '../oids.js';
import { revocationItem } from '../report/revocation-items.js';
import { pathQuestions } from '../testing/path-questions.js';
import * as world from '../testing/world.js';

const { ca, holder, short } = await pathQuestions();

/** After the holder's certificate has ended. */
const made = new Date('2031-04-01T20:00:00Z');
const next = new Date('2031-04-03T00:00:00Z');
const asked = new Date('2031-04-02T00:00:00Z');

/** "Good", said by the authority itself; by hand, because no responder of ours sends an archive cutoff. */
async function good(archiveCutoff?: Date): Promise<Uint8Array> {
  const { issuerNameHash, issuerKeyHash } = certificateId(holder.certificate, ca.certificate, 'sha1');
  const cutoff =
    archiveCutoff &&
    writeExtension({
      oid: extensionIds.ocspArchiveCutoff,
      critical: false,
      value: writeGeneralizedTime(archiveCutoff),
    });
  const answer = sequence(
    sequence(
      sequence(oid(digests.sha1), nullValue()),
      octetString(issuerNameHash),
      octetString(issuerKeyHash),
      unsignedInteger(holder.certificate.serial),
    ),
    primitive(0x80, new Uint8Array()),
    writeGeneralizedTime(made),
    explicit(0, writeGeneralizedTime(next)),
    cutoff && explicit(1, sequence(cutoff)),
  );
  const data = sequence(explicit(2, octetString(ca.keyId)), writeGeneralizedTime(made), sequence(answer));
  const { identifier } = signatureSchemes[ca.signer.algorithm];
  const basic = sequence(data, identifier, bitString(await ca.signer.sign(data)));
  return sequence(enumerated(0), explicit(0, sequence(oid(access.ocspBasic), octetString(basic))));
}

suite('an OCSP answer made after the certificate expired', () => {
  const verdict = async (archiveCutoff?: Date) =>
    short({ crls: [], ocspResponses: [await good(archiveCutoff)], revocationTime: asked });

  test('proves nothing good: the responder may have forgotten the revocation', async () => {
    assert.equal(await verdict(), 'INDETERMINATE TRY_LATER path.revocation.unknown');
  });

  test('proves it where the responder says that it keeps what expired since', async () => {
    assert.equal(await verdict(world.notBefore), 'PASSED');
    assert.equal(await verdict(made), 'INDETERMINATE TRY_LATER path.revocation.unknown');
  });

  test('is kept in the evidence with its archive cutoff', async () => {
    const item = async (archiveCutoff?: Date) =>
      revocationItem(
        { kind: 'ocsp', response: await good(archiveCutoff), source: 'test', obtainedAt: asked },
        holder.certificate,
        ca.certificate,
      );
    assert.equal((await item(world.notBefore))?.keepsExpiredSince, world.notBefore.toISOString());
    assert.equal((await item())?.authentic, true);
    assert.equal((await item())?.keepsExpiredSince, undefined);
  });
});
