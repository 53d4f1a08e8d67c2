/** The authority's commands. They work while `start` runs: its database is used, and what they publish it serves. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type CertificateRecord,
  exportCrls,
  exportOcsp,
  type IssueInput,
  initCa,
  type Resident,
} from '@madoguchi/ca/authority';
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
      throw new CommandError('usage', `--scheme is ${scheme}: use national or prefectures.`);
    }
    const key = optional(values, 'key') ?? 'rsa2048';
    if (key !== 'rsa2048' && key !== 'p384')
      throw new CommandError('usage', `--key is ${key}: use rsa2048 or p384.`);
    const url = optional(values, 'url');
    const name = optional(values, 'name');
    return withFolder<ExitName>(values, async ({ dir, database, keystore, keys }) => {
      await initCa({
        sql: database.sql,
        keystore,
        scheme,
        key,
        now: new Date(),
        ...(keys === undefined ? {} : { keys }),
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { publicUrl: url }),
      });
      print(`${dir}: a demo authority (JPKI-DEMO, ${scheme}, ${key}).`);
      return 'good';
    });
  },
};

const sexes = ['male', 'female', 'other', 'unknown'] as const;

/** For a request that is no card's: the same items as `card create`. */
function residentOf(values: Values): Resident {
  const given = required(values, 'sex');
  const sex = sexes.find((each) => each === given);
  if (sex === undefined)
    throw new CommandError('usage', `--sex is ${given}: use one of ${sexes.join(', ')}.`);
  return {
    name: required(values, 'name'),
    address: required(values, 'address'),
    birthDate: required(values, 'birth'),
    sex,
    municipality: required(values, 'municipality'),
  };
}

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
      return {
        csr,
        profile,
        ...agency(),
        hosts: required(values, 'hosts').split(','),
        ...(optional(values, 'authority') === undefined ? {} : { authority: required(values, 'authority') }),
      };
    case 'encryption':
      return { csr, profile, ...agency() };
    case 'ocsp':
      return { csr, profile, authority: required(values, 'authority') };
    case 'tsa':
      return { csr, profile };
    case 'signature':
    case 'authentication':
      return { csr, profile, resident: residentOf(values) };
    default:
      throw new CommandError(
        'usage',
        `--profile is ${profile}: use signature, authentication, agency, encryption, ocsp or tsa.`,
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
    name: { type: 'string' },
    address: { type: 'string' },
    birth: { type: 'string' },
    sex: { type: 'string' },
    municipality: { type: 'string' },
    output: { type: 'string', short: 'o' },
    ...json,
  },
  run: async ({ values, print, printJson }) => {
    const input = issueInput(values);
    return withAuthority<ExitName>(values, async (ca) => {
      const issued = await ca.issue(input);
      const pem = [issued.certificate, ...issued.chain].map(toPem).join('');
      const output = optional(values, 'output');
      if (output !== undefined && output !== '-') writeFileSync(output, pem);
      if (values.json === true) {
        const chain = issued.chain.map(toPem);
        printJson({
          serial: issued.serial,
          alias: issued.alias,
          certificate: toPem(issued.certificate),
          chain,
        });
      } else if (output === undefined || output === '-') print(pem.trimEnd());
      else print(`${output}: certificate ${issued.serial} and its issuer’s.`);
      return 'good';
    });
  },
};

export const caRollOver: Command = {
  options: {
    ...dataOption,
    ...json,
    kind: { type: 'string' },
    prefecture: { type: 'string' },
    from: { type: 'string' },
  },
  run: async ({ values, print, printJson }) => {
    const given = required(values, 'kind');
    const kind = rollingKinds.find((each) => each === given);
    if (kind === undefined)
      throw new CommandError('usage', `--kind is ${given}: use one of ${rollingKinds.join(', ')}.`);
    const prefecture = optional(values, 'prefecture');
    const from = optional(values, 'from');
    const issuesFrom = from === undefined ? undefined : new Date(from);
    if (issuesFrom !== undefined && Number.isNaN(issuesFrom.getTime()))
      throw new CommandError('usage', `--from is ${from}: write a time like 2027-04-01T00:00:00Z.`);
    return withAuthority<ExitName>(values, async (ca) => {
      const next = await ca.rollOver({
        kind,
        ...(prefecture === undefined ? {} : { prefecture }),
        ...(issuesFrom === undefined ? {} : { issuesFrom }),
      });
      if (values.json === true) {
        printJson({
          authority: next.id,
          issuesFrom: next.issuesFrom.toISOString(),
          notAfter: next.certificate.notAfter.toISOString(),
          certificate: toPem(next.certificate.der),
        });
      } else {
        print(
          `${next.id} issues from ${next.issuesFrom.toISOString()}; the generation before it keeps its own lists.`,
        );
        print(`Verifiers need its certificate before that: they fetch it at /ca/${next.id}.cer.`);
      }
      return 'good';
    });
  },
};

const rollingKinds = ['sign', 'auth', 'agency', 'tsa', 'bridge', 'gpki', 'ministry'] as const;

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

export const caOcsp: Command = {
  options: { ...dataOption, output: { type: 'string', short: 'o' }, signature: { type: 'boolean' } },
  run: async ({ values, print }) => {
    const folder = path.resolve(required(values, 'output'));
    return withAuthority<ExitName>(values, async (ca) => {
      const kinds = [
        'auth',
        'agency',
        'tsa',
        ...(values.signature === true ? ['sign' as const] : []),
      ] as const;
      const { written, skipped } = await exportOcsp(ca.context, folder, kinds);
      print(`${path.join(folder, 'ocsp')}: ${written} answers, to be made again within half an hour.`);
      if (skipped > 0) print(`${skipped} are left to the responder: their addresses cannot be files.`);
      return 'good';
    });
  },
};

function recordLine(record: CertificateRecord): string {
  const end =
    record.revocation === undefined
      ? ''
      : ` ${record.revocation.reason} ${record.revocation.at.toISOString()}`;
  const until = record.notAfter?.toISOString().slice(0, 10) ?? '—';
  return `${record.serial.padEnd(9)} ${record.profile.padEnd(15)} ${record.authority.padEnd(16)} ${record.municipality.padEnd(6)} ${record.status.padEnd(10)} ${until}${end}`;
}

const listHead = `${'serial'.padEnd(9)} ${'profile'.padEnd(15)} ${'authority'.padEnd(16)} ${'place'.padEnd(6)} ${'status'.padEnd(10)} until`;

export const caList: Command = {
  options: {
    ...dataOption,
    ...json,
    profile: { type: 'string' },
    authority: { type: 'string' },
    municipality: { type: 'string' },
    limit: { type: 'string' },
  },
  run: ({ values, print, printJson }) =>
    withAuthority<ExitName>(values, async (ca) => {
      const limit = Number(optional(values, 'limit') ?? 1000);
      if (!Number.isSafeInteger(limit) || limit < 1)
        throw new CommandError('usage', `--limit is ${optional(values, 'limit')}: a whole number above 0.`);
      const profile = optional(values, 'profile');
      const authority = optional(values, 'authority');
      const municipality = optional(values, 'municipality');
      const records = await ca.list({
        limit,
        ...(profile === undefined ? {} : { profile: profile as CertificateRecord['profile'] }),
        ...(authority === undefined ? {} : { authority }),
        ...(municipality === undefined ? {} : { municipality }),
      });
      if (values.json === true) printJson(records);
      else {
        print(listHead);
        for (const record of records) print(recordLine(record));
        if (records.length === limit) print(`(the newest ${limit}; more with --limit)`);
      }
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
        print(listHead);
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
        for (const { month, prefecture, profile, issued, cumulative } of stats.history) {
          print(`${month} ${profile.padEnd(15)} ${(prefecture || '—').padEnd(5)} +${issued} = ${cumulative}`);
        }
        print(`as of ${stats.at}`);
      }
      return 'good';
    }),
};
