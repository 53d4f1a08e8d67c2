import assert from 'node:assert/strict';
import { issueCertificate } from '../certificate/issue.js';
import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { keyIdentifier } from '../key/digest.js';
import { generateKeyPair, type KeyKind, type Signer, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { demoOids } from '../oids.js';
import {
  agencyTemplate,
  encryptionTemplate,
  ocspResponderTemplate,
  rootTemplate,
  tsaTemplate,
} from '../profile/agency.js';
import { authenticationTemplate, signatureTemplate } from '../profile/citizen.js';
import { citizenCaTemplate } from '../profile/citizen-ca.js';
import type { Identity } from '../profile/identity.js';

/** A holder of a key with its certificate. */
export interface Party {
  certificate: Certificate;
  der: Uint8Array;
  signer: Signer;
  pkcs8: Uint8Array;
  keyId: Uint8Array;
}

export const notBefore = new Date('2026-01-01T00:00:00Z');
export const notAfter = new Date('2031-04-01T14:59:59Z');
export const now = new Date('2026-06-01T00:00:00Z');

export const taro: Identity = {
  name: '総務　太郎',
  nameSubstitution: '00000',
  address: '見本県見本市見本町一丁目２番３号',
  addressSubstitution: '0000000000000000',
  birthDate: '1975-04-01',
  sex: 'male',
};

export const place = { prefectureRomaji: 'Mihon-ken', municipalityRomaji: 'Mihon-shi' };

export function parsed(der: Uint8Array): Certificate {
  const result = parseCertificate(der);
  assert.ok(result.ok, result.ok ? '' : `${result.rule} at ${result.offset}`);
  return result.value;
}

export async function party(
  kind: KeyKind,
  template: (publicKey: Uint8Array) => Parameters<typeof issueCertificate>[0],
  issuer?: Signer,
): Promise<Party> {
  const { pkcs8, publicKey } = await generateKeyPair(kind);
  const signer = softwareSigner(pkcs8);
  const der = await issueCertificate(template(publicKey), issuer ?? signer);
  return { certificate: parsed(der), der, signer, pkcs8, keyId: keyIdentifier(publicKey) };
}

export function citizenCa(
  kind: 'signature' | 'authentication',
  key: KeyKind = 'rsa2048',
  serial = 1,
): Promise<Party> {
  return party(key, (publicKey) =>
    citizenCaTemplate({
      kind,
      serial: Uint8Array.of(serial),
      publicKey,
      notBefore,
      notAfter: new Date('2036-01-01T14:59:59Z'),
      organization: 'JPKI-DEMO',
    }),
  );
}

export function citizen(
  ca: Party,
  serial: Uint8Array,
  key: KeyKind = 'rsa2048',
  identity = taro,
): Promise<Party> {
  return party(
    key,
    (publicKey) =>
      signatureTemplate({
        serial,
        publicKey,
        issuer: ca.certificate,
        identity,
        ...place,
        commonName: '2026010109000000000000000001',
        notBefore,
        notAfter,
        policyOid: demoOids.signature,
      }),
    ca.signer,
  );
}

export function login(ca: Party, serial: Uint8Array, key: KeyKind = 'rsa2048'): Promise<Party> {
  return party(
    key,
    (publicKey) =>
      authenticationTemplate({
        serial,
        publicKey,
        issuer: ca.certificate,
        ...place,
        commonName: '0123456789ABCD99201003A',
        notBefore,
        notAfter,
        policyOid: demoOids.authentication,
        ocspUrl: 'http://ocsp.jpki-demo.example/',
      }),
    ca.signer,
  );
}

export function agencyRoot(key: KeyKind = 'p256', name = 'Agency Root'): Promise<Party> {
  const subject = buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['CN', name],
  ]);
  return party(key, (publicKey) =>
    rootTemplate({
      serial: Uint8Array.of(1),
      publicKey,
      subject,
      notBefore,
      notAfter: new Date('2036-01-01T00:00:00Z'),
    }),
  );
}

const city = {
  agencyCode: '99201',
  agencyName: '見本市',
  crlUrl: 'http://crl.jpki-demo.example/agency.crl',
  ocspUrl: 'http://ocsp.jpki-demo.example/agency',
  notBefore,
  notAfter,
};

export function agency(
  root: Party,
  key: KeyKind = 'p256',
  hosts = ['localhost', '127.0.0.1', '::1'],
): Promise<Party> {
  return party(
    key,
    (publicKey) =>
      agencyTemplate({ ...city, serial: Uint8Array.of(2), publicKey, issuer: root.certificate, hosts }),
    root.signer,
  );
}

export function encryption(root: Party, key: KeyKind = 'p256'): Promise<Party> {
  return party(
    key,
    (publicKey) =>
      encryptionTemplate({ ...city, serial: Uint8Array.of(3), publicKey, issuer: root.certificate }),
    root.signer,
  );
}

export function responder(ca: Party, key: KeyKind = 'p256'): Promise<Party> {
  return party(
    key,
    (publicKey) =>
      ocspResponderTemplate({
        serial: Uint8Array.of(4),
        publicKey,
        issuer: ca.certificate,
        notBefore,
        notAfter,
      }),
    ca.signer,
  );
}

export function tsa(root: Party, key: KeyKind = 'p256'): Promise<Party> {
  const { crlUrl, ocspUrl } = city;
  return party(
    key,
    (publicKey) =>
      tsaTemplate({
        serial: Uint8Array.of(5),
        publicKey,
        issuer: root.certificate,
        notBefore,
        notAfter,
        crlUrl,
        ocspUrl,
      }),
    root.signer,
  );
}
