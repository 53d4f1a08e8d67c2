/** Decryption keys of an agency: exchanged without losing what is on its way. */
import { createHash } from 'node:crypto';
import { recordKeys } from '@madoguchi/agency/archive';
import { parseCertificate } from '@madoguchi/pki/certificates';
import type { Command, ExitName } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAgency } from './agency-cases.js';
import { agencyOption } from './agency-officer.js';

const digestOf = (der: Uint8Array) => createHash('sha256').update(der).digest('hex');

export const keyRotate: Command = {
  options: { ...dataOption, ...agencyOption },
  run: async ({ values, print }) =>
    withAgency<ExitName>(values, async ({ code, sql, decryption }) => {
      const before = decryption.current().id;
      const made = await decryption.rotate();
      const detail = { key: made.id, certificate: digestOf(made.certificate) };
      await recordKeys(sql, code, { action: 'keys.rotated', actor: 'operator', at: new Date(), detail });
      print(
        `Agency ${code}: applications are encrypted for key ${made.id} from now on (a running agency takes it within a second or two).`,
      );
      print(
        `Key ${before} is retired and kept for envelopes on their way; it is destroyed by itself a day from now, when nothing waits to be opened.`,
      );
      return 'good';
    }),
};

export const keyList: Command = {
  options: { ...dataOption, ...agencyOption, json: { type: 'boolean' } },
  run: async ({ values, print, printJson }) =>
    withAgency<ExitName>(values, async ({ code, decryption }) => {
      const keys = (await decryption.all()).map(({ id, certificate, madeAt, retiredAt }) => {
        const parsed = parseCertificate(certificate);
        return {
          id,
          madeAt,
          retiredAt: retiredAt ?? null,
          certificateSha256: digestOf(certificate),
          endsAt: parsed.ok ? parsed.value.notAfter.toISOString() : null,
        };
      });
      if (values.json === true) printJson({ agency: code, keys });
      else
        for (const key of keys)
          print(
            `${key.id}  made ${key.madeAt.slice(0, 16)}  certificate ends ${key.endsAt?.slice(0, 10) ?? '?'}  ${key.retiredAt === null ? 'current' : `retired ${key.retiredAt.slice(0, 16)}`}`,
          );
      return 'good';
    }),
};
