/** The city's reception as one process of it has it: its keys come as bytes, so that several may stand side by side. */
import {
  agencyApp,
  type CitizenTrust,
  httpRevocation,
  loadProcedures,
  type Reception,
  residentLinks,
  residentRegister,
  type Verification,
  verifyCase,
} from '@madoguchi/agency';
import { softwareDecrypter, softwareSigner } from '@madoguchi/pki';
import type { Database } from '@madoguchi/store';
import { now } from '@madoguchi/testing';
import { Hono } from 'hono';

export const code = '99201';
export const basePath = `/a/${code}`;
export const origin = 'http://127.0.0.1:8080';

/** A certificate (DER), its key (PKCS#8) and the authority's answer about it. */
interface KeyOf {
  readonly der: Uint8Array;
  readonly pkcs8: Uint8Array;
  readonly ocsp: Uint8Array;
}

/** What all processes of the city share, beside the database. */
export interface CityKeys {
  readonly city: KeyOf;
  readonly encryption: KeyOf;
  /** The authority of the citizens' certificates, DER. */
  readonly citizens: Uint8Array;
  /** Where its lists are named. */
  readonly indexUrl: string;
}

export function openReception(database: Database, { city, encryption, citizens, indexUrl }: CityKeys) {
  const { sql } = database;
  const agency = { code, name: '見本市' };
  const procedures = loadProcedures();
  const options = {
    db: database,
    agency: {
      ...agency,
      siteName: { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' },
      origin,
      basePath,
      contact: { name: '見本市 市民課', telephone: '099-000-0100' },
    },
    procedures,
    keys: {
      signer: softwareSigner(city.pkcs8),
      signerChain: [city.der],
      encryptionCertificate: encryption.der,
      decrypter: softwareDecrypter(encryption.pkcs8),
      secret: new Uint8Array(32).fill(7),
    },
    staple: async (der: Uint8Array) => (Buffer.compare(der, city.der) === 0 ? city.ocsp : encryption.ocsp),
    clock: () => now,
  };
  const trust: CitizenTrust = {
    anchors: [citizens],
    demo: true,
    residents: { ...residentRegister(sql, code), links: residentLinks(sql, code, options.keys.secret) },
    revocation: httpRevocation({ indexUrl, holdMs: 100, clock: () => now }),
  };
  const reception: Reception = {
    options,
    verify: async (input) => {
      await verifyCase({ ...input, trust });
    },
    trust,
  };
  const verification: Verification = { sql, agency, trust, clock: () => now };
  return { procedures, reception, verification, app: new Hono().route(basePath, agencyApp(options)) };
}
