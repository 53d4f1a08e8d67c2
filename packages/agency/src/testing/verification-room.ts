import {
  buildCrl,
  crlDistributionPointName,
  keyIdentifier,
  loadCrl,
  type RevokedEntry,
} from '@madoguchi/pki';
import { sha256Hex } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { openArrived } from '../intake/open.js';
import { residentLinks } from '../links/resident-links.js';
import { type CitizenTrust, residentRegister, verifyCase } from '../verification/index.js';
import { envelopeFor, issue, openRoom, send } from './room.js';

/** The demo city with a citizens' authority whose list tests may change. */
export async function openVerificationRoom(
  db: Pick<Database, 'sql'>,
  procedures?: Parameters<typeof openRoom>[1],
) {
  const room = await openRoom(db, procedures);
  const { ca } = room.citizens;
  const list = {
    entries: [] as RevokedEntry[],
    thisUpdate: new Date(room.time.now.getTime() - 3600_000),
    nextUpdate: new Date(room.time.now.getTime() + 23 * 3600_000),
    number: 812n,
    /** False: the authority does not answer. */
    answers: true,
  };
  async function crlBytes(): Promise<Uint8Array> {
    const { entries, thisUpdate, nextUpdate, number } = list;
    return buildCrl(
      {
        issuer: ca.certificate.subject.der,
        issuerKeyIdentifier: ca.certificate.subjectKeyIdentifier ?? keyIdentifier(ca.certificate.spki),
        thisUpdate,
        nextUpdate,
        number,
        distributionPoint: crlDistributionPointName(ca.certificate, 'Mihon-ken', 'Mihon-shi'),
        onlyContainsUserCerts: true,
        entries,
      },
      ca.signer,
    );
  }
  const trust: CitizenTrust = {
    anchors: [ca.der],
    demo: true,
    residents: {
      ...residentRegister(db.sql, '99201'),
      links: residentLinks(db.sql, '99201', room.options.keys.secret),
    },
    revocation: {
      async find({ now }) {
        if (!list.answers) return { sources: [], problems: ['crl.fetch'] };
        const loaded = loadCrl(await crlBytes());
        if (!loaded.ok) throw new Error(loaded.rule);
        return {
          sources: [{ kind: 'crl', crl: loaded.crl, source: 'test', obtainedAt: now }],
          problems: [],
        };
      },
    },
  };
  const { sql } = db;
  const agency = { code: '99201', name: '見本市' };
  const verification = { sql, agency, trust, clock: () => room.time.now };

  /** Files an application and runs it through reception and verification; `change` makes it lie. */
  async function file(
    change: Parameters<typeof envelopeFor>[2] = {},
    how: {
      trust?: CitizenTrust;
      procedure?: string;
      answers?: Record<string, string>;
      files?: { name: string; bytes: Uint8Array; rule: string }[];
    } = {},
  ): Promise<string> {
    const files = how.files ?? [];
    const claims = files.map(({ name, bytes, rule }) => ({
      name,
      size: bytes.length,
      sha256: sha256Hex(bytes),
      rule,
    }));
    const issued = await issue(room, how.procedure, how.answers, claims);
    const envelope = await envelopeFor(room, issued, change, files);
    const answer = await send(room, issued.claims.ticket, envelope);
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    const [, payload = ''] = (await answer.text()).split('.');
    const { receiptNumber } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      receiptNumber: string;
    };
    await openArrived(room.options, receiptNumber, async (input) => {
      await verifyCase({ ...input, trust: how.trust ?? trust });
    });
    return receiptNumber;
  }
  return { ...room, list, trust, verification, file, crlBytes };
}

export type VerificationRoom = Awaited<ReturnType<typeof openVerificationRoom>>;
