import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildCrl, type RevokedEntry } from '../crl/build.js';
import type { RevocationReason } from '../crl/reason.js';
import { certificateId } from '../ocsp/certificate-id.js';
import { buildOcspResponse, type OcspStatus } from '../ocsp/response.js';
import { crlDistributionPointName } from '../profile/citizen.js';
import * as world from '../testing/world.js';
import { validatePath } from './validate.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 4, n));
const reasons: RevocationReason[] = ['keyCompromise', 'affiliationChanged', 'superseded', 'certificateHold'];

test('complete list, base with delta, partition and OCSP say the same about every certificate on every day', async () => {
  const ca = await world.citizenCa('signature', 'p256');
  const place = crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Mihon-shi');
  const ledger = await Promise.all(
    Array.from({ length: 6 }, async (_, i) => ({
      holder: await world.citizen(ca, Uint8Array.of(0x40 + i), 'p256'),
      // The first one is never revoked, the others on the 2nd, 4th, … day.
      ...(i === 0 ? {} : { date: day(2 * i), reason: reasons[i % reasons.length] ?? 'unspecified' }),
    })),
  );
  const list = (n: number, more: object, keep: (date: Date) => boolean): Promise<Uint8Array> => {
    const entries = ledger.flatMap(({ holder, date, reason }): RevokedEntry[] =>
      date === undefined || reason === undefined || date > day(n) || !keep(date)
        ? []
        : [{ serial: holder.certificate.serial, date, reason }],
    );
    return buildCrl(
      {
        issuer: ca.certificate.subject.der,
        issuerKeyIdentifier: ca.keyId,
        thisUpdate: day(n),
        nextUpdate: day(40),
        number: BigInt(n),
        ...more,
        entries,
      },
      ca.signer,
    );
  };
  const base = 3;
  for (const n of [1, 3, 4, 7, 10, 12]) {
    const complete = [await list(n, {}, () => true)];
    const partition = [await list(n, { distributionPoint: place }, () => true)];
    const withDelta = [await list(Math.min(n, base), {}, () => true)];
    if (n > base) withDelta.push(await list(n, { deltaBase: BigInt(base) }, (date) => date > day(base)));
    for (const { holder, date, reason } of ledger) {
      const status: OcspStatus =
        date === undefined || reason === undefined || date > day(n) ? 'good' : { revoked: date, reason };
      const response = await buildOcspResponse(
        {
          responses: [
            {
              certId: certificateId(holder.certificate, ca.certificate),
              status,
              thisUpdate: day(n),
              nextUpdate: day(40),
            },
          ],
          producedAt: day(n),
          responder: { keyHash: ca.keyId },
        },
        ca.signer,
      );
      const answers = [
        { crls: complete },
        { crls: partition },
        { crls: withDelta },
        { ocspResponses: [response] },
      ].map((data) => {
        const time = new Date(day(n).getTime() + 3_600_000);
        const result = validatePath({ leaf: holder.der, anchors: [ca.certificate], time, ...data });
        return result.valid ? 'good' : `${result.subIndication} ${result.reason}`;
      });
      assert.equal(new Set(answers).size, 1, `day ${n}: ${answers.join(' | ')}`);
      assert.equal(answers[0] === 'good', status === 'good');
    }
  }
});
