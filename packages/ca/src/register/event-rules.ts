import type { Office } from '../office/settings.js';
import type { CaReason, Ground } from '../reasons.js';

/** What may happen to a resident (異動). */
export type EventKind =
  | 'address'
  | 'name'
  | 'birth'
  | 'sex'
  | 'correction'
  | 'left'
  | 'abroad'
  | 'death'
  | 'stay'
  | 'ward'
  | 'wardEnded';

interface EventRule {
  /** Which items of the register the event may change. `correction` puts right any of the four. */
  readonly changes: readonly ('name' | 'address' | 'birthDate' | 'sex' | 'stayUntil')[];
  /** Whether the person is an adult ward (成年被後見人) from then on. */
  readonly ward?: boolean;
  /** Why each kind of certificate is revoked; a kind that is not named lives on. */
  readonly revokes: { readonly signature?: CaReason; readonly authentication?: CaReason };
  /** Which of the statute's records the revocation belongs to. */
  readonly ground: Ground;
  /** What the person is in the register from then on. */
  readonly state?: 'left' | 'abroad' | 'dead';
  /** Where the rule comes from: sections of the life cycle's reference. */
  readonly source: string;
  /** What an office may decide beyond this, where no source decides it: more that is revoked. */
  readonly byOffice?: (office: Office) => EventRule['revokes'];
}

const fourItems =
  'a change of any of the four items revokes the signature certificate; the authentication certificate survives (since 2016)';

/**
 * What a register event revokes, and nothing else. In the scheme of 2008 there is no authentication certificate, so each rule is that of
 * 2008 too: move, change of house numbering or name, record error, death and moving abroad end the only certificate.
 */
export const eventRules: Readonly<Record<EventKind, EventRule>> = {
  address: {
    changes: ['address'],
    revokes: { signature: 'affiliationChanged' },
    ground: 'change',
    source: fourItems,
  },
  name: {
    changes: ['name'],
    revokes: { signature: 'affiliationChanged' },
    ground: 'change',
    source: fourItems,
  },
  birth: {
    changes: ['birthDate'],
    revokes: { signature: 'affiliationChanged' },
    ground: 'change',
    source: fourItems,
  },
  sex: {
    changes: ['sex'],
    revokes: { signature: 'affiliationChanged' },
    ground: 'change',
    source: fourItems,
  },
  correction: {
    changes: ['name', 'address', 'birthDate', 'sex'],
    revokes: { signature: 'affiliationChanged' },
    ground: 'error',
    source: 'record error (記録誤り等に係る情報, Order 408 art. 13), ex officio',
  },
  left: {
    changes: [],
    revokes: { signature: 'affiliationChanged' },
    ground: 'change',
    state: 'left',
    source: `moving to another municipality changes the address: ${fourItems}`,
  },
  abroad: {
    changes: [],
    revokes: { signature: 'affiliationChanged' },
    ground: 'change',
    state: 'abroad',
    source:
      'moving abroad revokes the signature certificate on the move-out date; the authentication certificate survives',
  },
  death: {
    changes: [],
    revokes: { signature: 'cessationOfOperation', authentication: 'cessationOfOperation' },
    ground: 'change',
    state: 'dead',
    source: 'death revokes both',
  },
  stay: {
    changes: ['stayUntil'],
    revokes: {},
    ground: 'change',
    source: 'the end of the permitted stay is none of the four items; it caps the next certificate',
  },
  ward: {
    changes: [],
    revokes: {},
    ground: 'change',
    ward: true,
    source:
      'no new signature certificate for a ward (municipal pages since 2016). Guardianship is not among the grounds that end one that is there: request, leak, changes and removal of the residence record (art. 12 of the Act, 2002 no. 153, text in force 2024-06-21, read), record error, leak of the issuer’s key, expiry (the list as Kochi prefecture, 2009 to 2014, and Suginami city, 2025-02-19, give it). The municipal manual (事務処理要領) was not read, so the office may decide otherwise: wardRevokes',
    byOffice: ({ wardRevokes }) => (wardRevokes === 'signature' ? { signature: 'cessationOfOperation' } : {}),
  },
  wardEnded: {
    changes: [],
    revokes: {},
    ground: 'change',
    ward: false,
    source: 'the end of guardianship: the next issue may hold a signature certificate',
  },
};

export const eventKinds = Object.keys(eventRules) as readonly EventKind[];

/** What an event revokes in this office. */
export function revokedBy(kind: EventKind, office: Office): EventRule['revokes'] {
  const { revokes, byOffice } = eventRules[kind];
  return { ...revokes, ...byOffice?.(office) };
}
