import { demoOids } from '@madoguchi/pki/certificates';
import type { ValidityPolicy } from './validity.js';

export type SchemeName = 'national' | 'prefectures';

/** How citizens' certificates are organised, as data: what differs between 2008 and today stands here and nowhere else. */
export interface Scheme {
  readonly name: SchemeName;
  /** One issuing key for the whole country, or one for each prefecture's governor. */
  readonly per: 'country' | 'prefecture';
  /** Which certificates a card gets. */
  readonly kinds: readonly ('sign' | 'auth')[];
  /** What a CRL covers. */
  readonly partition: 'municipality' | 'prefecture';
  readonly validity: ValidityPolicy;
  /** Life of an issuing key's certificate, in years. */
  readonly authorityYears: number;
  readonly signaturePolicy: string;
  /** Keys that only certify other keys: the bridge of JPKI, the government's bridge, and a ministry behind it. */
  readonly bridges: boolean;
  /** True where the profile is an assumption, because no document of the time is at hand; certificates say so in their issuer's name. */
  readonly reconstructed: boolean;
}

export const schemes: Readonly<Record<SchemeName, Scheme>> = {
  /** Since 2016: two flat roots of J-LIS, generations under one name. */
  national: {
    name: 'national',
    per: 'country',
    kinds: ['sign', 'auth'],
    partition: 'municipality',
    validity: { years: 5, until: 'birthday' },
    authorityYears: 10,
    signaturePolicy: demoOids.signature,
    bridges: false,
    reconstructed: false,
  },
  /** 2003 to 2015: 47 governors' authorities, joined by a bridge; a signature certificate only. Structure of then, keys of today. */
  prefectures: {
    name: 'prefectures',
    per: 'prefecture',
    kinds: ['sign'],
    partition: 'prefecture',
    validity: { years: 3, until: 'issue' },
    authorityYears: 10,
    signaturePolicy: demoOids.prefectureSignature,
    bridges: true,
    reconstructed: true,
  },
};
