import type { Words } from '@madoguchi/ui';
import { startAgain, toCounter } from '../next-steps.js';
import { w } from '../three-words.js';

/** What stopped a revocation by the holder, and the one next step. */
const sentences = {
  'revocation.ended': [
    w(
      'この証明書はすでに失効しているか、有効期間が終わっています。',
      'この {証明書|しょうめいしょ}は もう {使|つか}えません。',
      'This certificate is revoked already, or has expired.',
    ),
    w('これ以上の手続きは要りません。', 'もう なにも しなくて いいです。', 'Nothing more is to be done.'),
  ],
  'revocation.card': [
    w(
      'この証明書は、認証局の記録にカードのものとして載っていません。',
      'この {証明書|しょうめいしょ}は ここでは おわりに できません。',
      'The authority has no record of this certificate as one of a card’s.',
    ),
    toCounter,
  ],
  'revocation.refused': [
    w(
      '認証局が、この申請を受け付けませんでした。',
      '{認証局|にんしょうきょく}が うけつけませんでした。',
      'The authority did not take the request.',
    ),
    startAgain,
  ],
  'revocation.unreachable': [
    w(
      '認証局につながりません。証明書はそのままです。',
      '{認証局|にんしょうきょく}に つながりません。まだ おわって いません。',
      'The authority cannot be reached. The certificate is as it was.',
    ),
    w(
      'しばらくしてから、もう一度行ってください。',
      'あとで もういちど して ください。',
      'Try again after a while.',
    ),
  ],
  'revocation.unanswered': [
    w(
      '申請は送りましたが、認証局の答えを受け取れませんでした。失効したかどうか分かりません。',
      '{送|おく}りました。でも、おわったか わかりません。',
      'The request was sent and no good answer came. Whether the certificate has ended is not known.',
    ),
    w(
      'しばらくしてから、もう一度行ってください。すでに失効していれば、そのことが分かります。',
      'あとで もういちど して ください。',
      'Try again after a while: it tells when the certificate has ended already.',
    ),
  ],
} as const satisfies Record<string, readonly [what: Words, next: Words]>;

export type RevocationRule = keyof typeof sentences;

/** What the authority says of a certificate that has ended: before this request, beside it, or by its date. */
const ended: readonly unknown[] = ['revocation.ended', 'revocation.already', 'revocation.expired'];

/** The authority's rule as we know it; one that we do not know is a refusal. */
export function revocationRule(text: unknown): RevocationRule {
  if (ended.includes(text)) return 'revocation.ended';
  return text === 'revocation.card' ? text : 'revocation.refused';
}

/** Why a certificate was not ended. `sentences`: what happened and what to do next; `detail`: for a log, never holder data. */
export class RevocationError extends Error {
  readonly rule: RevocationRule;
  readonly sentences: readonly [what: Words, next: Words];
  /** Both in one, for a terminal. */
  readonly words: Words;
  readonly exitCode: number;

  constructor(rule: RevocationRule, detail = '') {
    super(detail === '' ? rule : `${rule}: ${detail}`);
    this.name = 'RevocationError';
    this.rule = rule;
    const [what, next] = sentences[rule];
    this.sentences = [what, next];
    this.words = w(`${what.ja}${next.ja}`, `${what.jaEasy} ${next.jaEasy}`, `${what.en} ${next.en}`);
    this.exitCode = rule === 'revocation.unreachable' || rule === 'revocation.unanswered' ? 69 : 77;
  }
}
