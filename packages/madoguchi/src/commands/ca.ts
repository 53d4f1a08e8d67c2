/** The authority's commands. They work while `start` runs: its database is used, and what they publish it serves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type CertificateRecord, exportCrls, type IssueInput, initCa } from '@madoguchi/ca';
import {
  type Command,
  CommandError,
  type ExitName,
  optional,
  required,
  type Values,
} from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { withAuthority, withFolder } from '../cli/folder.js';
import { readInput } from '../cli/input.js';
import { toPem } from './certificate-text.js';

const json = { json: { type: 'boolean' } } as const;

export const caInit: Command = {
  options: {
    ...dataOption,
    scheme: { type: 'string' },
    name: { type: 'string' },
    key: { type: 'string' },
    url: { type: 'string' },
  },
  run: async ({ values, print }) => {
    const scheme = optional(values, 'scheme') ?? 'national';
    if (scheme !== 'national' && scheme !== 'prefectures') {
      throw new CommandError(
        'usage',
        `--scheme is ${scheme}: use national (or prefectures, when it is built).`,
      );
    }
    const key = optional(values, 'key') ?? 'rsa2048';
    if (key !== 'rsa2048' && key !== 'p384')
      throw new CommandError('usage', `--key is ${key}: use rsa2048 or p384.`);
    const url = optional(values, 'url');
    return withFolder<ExitName>(values, async ({ dir, database, keystore }) => {
      await initCa({
        sql: database.sql,
        keystore,
        scheme,
        key,
        now: new Date(),
        ...(url === undefined ? {} : { publicUrl: url }),
      });
      print(`${dir}: a demo authority (JPKI-DEMO, ${scheme}, ${key}).`);
      return 'good';
    });
  },
};

function issueInput(values: Values): IssueInput {
  const profile = required(values, 'profile');
  const file = required(values, 'csr');
  const csr = readInput(file);
  const agency = () => ({
    agencyCode: required(values, 'agency-code'),
    agencyName: required(values, 'agency-name'),
  });
  switch (profile) {
    case 'agency':
      return { csr, profile, ...agency(), hosts: required(values, 'hosts').split(',') };
    case 'encryption':
      return { csr, profile, ...agency() };
    case 'ocsp':
      return { csr, profile, authority: required(values, 'authority') };
    case 'tsa':
      return { csr, profile };
    default:
      throw new CommandError(
        'usage',
        `--profile is ${profile}: use agency, encryption, ocsp or tsa here; citizens' certificates are issued into a card (card create).`,
      );
  }
}

export const caIssue: Command = {
  options: {
    ...dataOption,
    csr: { type: 'string' },
    profile: { type: 'string' },
    'agency-code': { type: 'string' },
    'agency-name': { type: 'string' },
    hosts: { type: 'string' },
    authority: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ values, print }) => {
    const input = issueInput(values);
    return withAuthority<ExitName>(values, async (ca) => {
      const issued = await ca.issue(input);
      const pem = [issued.certificate, ...issued.chain].map(toPem).join('');
      const output = optional(values, 'output');
      if (output === undefined || output === '-') print(pem.trimEnd());
      else writeFileSync(output, pem);
      return 'good';
    });
  },
};

export const caRevoke: Command = {
  options: { ...dataOption, ...json, serial: { type: 'string' }, reason: { type: 'string' } },
  run: async ({ values, print, printJson }) => {
    const serial = required(values, 'serial');
    const reason = required(values, 'reason');
    return withAuthority<ExitName>(values, async (ca) => {
      const done = await ca.revoke({ certificate: { serial }, reason, actor: 'operator' });
      if (values.json === true) {
        printJson({
          ...done,
          revokedAt: done.revokedAt.toISOString(),
          crlNumber: done.crlNumber?.toString() ?? null,
        });
      } else {
        const list =
          done.crlNumber === undefined ? 'the CRL follows with the next run' : `CRL number ${done.crlNumber}`;
        print(`Revoked (${done.reason}) at ${done.revokedAt.toISOString()}; ${list}.`);
      }
      return 'good';
    });
  },
};

export const caCrl: Command = {
  options: { ...dataOption, output: { type: 'string', short: 'o' }, partition: { type: 'string' } },
  run: async ({ values, print }) => {
    const folder = path.resolve(required(values, 'output'));
    const partition = optional(values, 'partition');
    return withAuthority<ExitName>(values, async (ca) => {
      mkdirSync(folder, { recursive: true });
      await ca.publishDue();
      const written = await exportCrls(ca.context, folder, partition);
      for (const file of written) print(file);
      return written.length > 0 ? 'good' : 'no';
    });
  },
};

function recordLine(record: CertificateRecord): string {
  const end =
    record.revocation === undefined
      ? ''
      : ` ${record.revocation.reason} ${record.revocation.at.toISOString()}`;
  const until = record.notAfter?.toISOString().slice(0, 10) ?? '—';
  return `${record.serial.padEnd(34)} ${record.profile.padEnd(15)} ${record.authority.padEnd(10)} ${record.municipality.padEnd(6)} ${record.status.padEnd(10)} ${until}${end}`;
}

export const caList: Command = {
  options: { ...dataOption, ...json },
  run: ({ values, print, printJson }) =>
    withAuthority<ExitName>(values, async (ca) => {
      const records = await ca.list();
      if (values.json === true) printJson(records);
      else for (const record of records) print(recordLine(record));
      return 'good';
    }),
};

export const caShow: Command = {
  options: { ...dataOption, ...json, serial: { type: 'string' } },
  run: ({ values, print, printJson }) =>
    withAuthority<ExitName>(values, async (ca) => {
      const record = await ca.show({ serial: required(values, 'serial') });
      if (record === undefined)
        throw new CommandError('no', 'There is no certificate with this serial number.');
      const { certificate, ...rest } = record;
      const pem = certificate === undefined ? null : toPem(certificate);
      if (values.json === true) printJson({ ...rest, certificate: pem });
      else {
        print(recordLine(record));
        if (pem !== null) print(pem.trimEnd());
      }
      return 'good';
    }),
};

export const caStats: Command = {
  options: { ...dataOption, ...json },
  run: ({ values, print, printJson }) =>
    withAuthority<ExitName>(values, async (ca) => {
      const stats = await ca.stats();
      if (values.json === true) printJson(stats);
      else {
        for (const { profile, place, municipality, issued, valid, revoked, expired } of stats.certificates) {
          print(
            `${profile.padEnd(15)} ${(place || municipality || '—').padEnd(8)} issued ${issued}, valid ${valid}, revoked ${revoked}, expired ${expired}`,
          );
        }
        print(`as of ${stats.at}`);
      }
      return 'good';
    }),
};
