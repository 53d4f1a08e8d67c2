import type { Words } from '@madoguchi/ui';

/** What somebody at the counter may do; every route names the one it needs (`may` in `session.ts`). */
export type Right =
  /** Find residents and certificates, read them. */
  | 'look'
  /** Issue, renew, set PINs. */
  | 'issue'
  /** Send a letter of inquiry (照会書). */
  | 'letter'
  /** Revoke on the holder's request, take a report of loss. */
  | 'revoke'
  /** Revoke ex officio, enter register events, close what was broken off. */
  | 'exOfficio'
  /** Hold by telephone: the loss line. */
  | 'lossLine'
  /** See who works here, confirm a clerk's renewed card. */
  | 'clerks'
  /** Read the record of acts, of entries and of accounts. */
  | 'record';

export type Role = 'clerk' | 'supervisor' | 'auditor' | 'lossLine';

interface RoleRow {
  readonly label: Words;
  readonly may: readonly Right[];
  /** Whether an account of this role belongs to one municipality; the others may serve all of them. */
  readonly local: boolean;
  /** The page it begins with. */
  readonly home: string;
}

/** Who may do what. Who audits does nothing else, and who answers the loss line sees no register. */
export const roles: Readonly<Record<Role, RoleRow>> = {
  clerk: {
    label: { ja: '窓口担当', jaEasy: '{窓口|まどぐち}の {係|かかり}', en: 'clerk' },
    may: ['look', 'issue', 'letter', 'revoke'],
    local: true,
    home: '/counter',
  },
  supervisor: {
    label: { ja: '責任者', jaEasy: '{責任者|せきにんしゃ}', en: 'supervisor' },
    may: ['look', 'issue', 'letter', 'revoke', 'exOfficio', 'lossLine', 'clerks', 'record'],
    local: true,
    home: '/counter',
  },
  auditor: {
    label: { ja: '監査', jaEasy: '{監査|かんさ}（しらべる {人|ひと}）', en: 'auditor' },
    may: ['record'],
    local: false,
    home: '/counter/record',
  },
  lossLine: {
    label: {
      ja: '一時停止受付',
      jaEasy: 'カードを なくした {人|ひと}の {電話|でんわ}',
      en: 'loss-line operator',
    },
    may: ['lossLine'],
    local: false,
    home: '/counter/loss',
  },
};

export const roleNames = Object.keys(roles) as readonly Role[];
