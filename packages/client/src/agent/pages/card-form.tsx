import {
  Button,
  ButtonRow,
  type FieldError,
  fill,
  glossary,
  Notice,
  P,
  PasswordInput,
  RadioGroup,
  type Words,
} from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import { ClientError } from '../../client-error.js';
import { w } from '../../client-words.js';
import type { CardKind } from '../../token-kind.js';
import type { Probe, ReadyCard } from '../card-work.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { readAgain } from './blocked.js';
import { LastTry } from './last-try.js';
import { type AgentLook, address } from './layout.js';

const own = {
  cardLine: w(
    '{reader} に {kind}（のこり {tries} 回）',
    '{reader} に {kind}（のこり {tries} {回|かい}）',
    '{kind} in {reader} (tries left: {tries})',
  ),
  chooseCard: {
    sign: w('どのカードで署名しますか', 'どの カードで {署名|しょめい}しますか', 'Which card will sign?'),
    auth: w('どのカードでログインしますか', 'どの カードで ログインしますか', 'Which card logs in?'),
  },
  hint: {
    sign: w(
      'マイナンバーカードを受け取ったときに、窓口で決めたものです。大文字・小文字は区別しません。',
      'カードを もらった とき、{窓口|まどぐち}で きめた ものです。{大文字|おおもじ}と {小文字|こもじ}は おなじです。',
      'The one you set at the counter when you received your card. Upper and lower case make no difference.',
    ),
    auth: w(
      'マイナンバーカードを受け取ったときに、窓口で決めた4けたの数字です。',
      'カードを もらった とき、{窓口|まどぐち}で きめた 4けたの {数字|すうじ}です。',
      'The four digits you set at the counter when you received your card.',
    ),
  },
  onPad: w('リーダーのキーで入れる', 'リーダーの キーで {入|い}れる', 'Type it on the reader'),
  waiting: w(
    'このページは、カードが見つかると自動で進みます。',
    'カードが {見|み}つかると、この ページは {自動|じどう}で {進|すす}みます。',
    'This page goes on by itself when a card is found.',
  ),
};

const kindWords: Record<CardKind, Words> = {
  'my-number-card': glossary.myNumberCard,
  'next-card': w('次期個人番号カード', '{次|つぎ}の マイナンバーカード', 'next My Number Card'),
  jukicard: w('住基カード', '{住基|じゅうき}カード', 'Resident Register Card'),
  android: w('スマホ用電子証明書（Android）', 'スマホの {証明書|しょうめいしょ}（Android）', 'Android token'),
  ios: w('スマホ用電子証明書（iPhone）', 'スマホの {証明書|しょうめいしょ}（iPhone）', 'iPhone token'),
  other: w('ICカード', 'ICカード', 'card'),
};

/** Which password a page asks for. */
export type AskedPin = 'sign' | 'auth';

const fields = {
  sign: { label: glossary.pinSign, maxLength: 16, inputmode: 'text' },
  auth: { label: glossary.pinAuth, maxLength: 4, inputmode: 'numeric' },
} as const;

/** Which troubles end by themselves when the card is put in: the page looks again every few seconds. */
const passing = new Set([
  'no-reader',
  'no-card',
  'card-busy',
  'card-at-pad',
  'card-cannot-write',
  'card-removed',
  'card-unresponsive',
  'service-stopped',
]);

/** What a look at the readers means for a page that wants a password. */
export interface CardState {
  usable: ReadyCard[];
  /** Why no card can be used now. */
  blocking: Trouble | undefined;
  /** Seconds after which the page looks again by itself. */
  refresh: number | undefined;
}

export function cardState(probe: Probe, pin: AskedPin): CardState {
  if (!probe.ok) {
    const { trouble } = probe;
    return { usable: [], blocking: trouble, refresh: passing.has(trouble.id) ? 3 : undefined };
  }
  const usable = probe.cards.filter((card) => card.pin.state === 'usable');
  if (usable.length > 0) return { usable, blocking: undefined, refresh: undefined };
  return { usable, blocking: cardTrouble(new ClientError('pin-locked', { pin })), refresh: undefined };
}

/** The only usable card as a row of the summary: with two of them the form asks which. */
export function cardRow({ usable }: CardState): Words | undefined {
  const [only, second] = usable;
  return only !== undefined && second === undefined ? cardLine(only) : undefined;
}

function cardLine(card: ReadyCard): Words {
  return fill(own.cardLine, {
    reader: card.channel.label,
    kind: kindWords[card.kind],
    tries: card.pin.triesLeft,
  });
}

/** A trouble as the one message at the top of the page. */
export function noticeWords(notice: Trouble): Words {
  // The field below says by itself that the password is to be typed again.
  if (notice.id === 'pin-wrong') return notice.what;
  return {
    ja: `${notice.what.ja}${notice.next.ja}`,
    jaEasy: `${notice.what.jaEasy} ${notice.next.jaEasy}`,
    en: `${notice.what.en} ${notice.next.en}`,
  };
}

/** What a page with a card's form says at its top, and when it looks again: the notice waits while the card itself is in trouble. */
export function pageState(
  { blocking, refresh }: CardState,
  notice: Trouble | undefined,
): { errors: FieldError[]; refresh?: number } {
  const errors =
    notice === undefined || blocking !== undefined ? [] : [{ field: 'pin', message: noticeWords(notice) }];
  return { errors, ...(refresh === undefined ? {} : { refresh }) };
}

interface CardFormProps extends AgentLook {
  state: CardState;
  pin: AskedPin;
  submit: Words;
}

/** The card's password, or what stands between the citizen and typing it. */
export function CardForm(props: PropsWithChildren<CardFormProps>) {
  const { state, pin } = props;
  if (state.blocking !== undefined) return <CardTrouble {...props} blocking={state.blocking} />;
  const { usable } = state;
  const [only] = usable;
  const last = usable.some((card) => card.pin.triesLeft === 1);
  return (
    <form method="post" action={address(props, '/pin')} autocomplete="off">
      {usable.length === 1 && only !== undefined ? (
        <input type="hidden" name="card" value={only.channel.label} />
      ) : (
        <RadioGroup
          name="card"
          label={own.chooseCard[pin]}
          required
          value={only?.channel.label}
          options={usable.map((card) => ({ value: card.channel.label, label: cardLine(card) }))}
        />
      )}
      {props.children}
      <PasswordInput name="pin" {...fields[pin]} hint={own.hint[pin]} required autofocus />
      {last ? <LastTry hint={cardTrouble(new ClientError('pin-last-try', { pin })).what} /> : null}
      <ButtonRow>
        <Button label={props.submit} id="next" />
        {usable.some(({ pinPad }) => pinPad) ? (
          <Button label={own.onPad} kind="secondary" name="pad" value="yes" id="pad" formNoValidate />
        ) : null}
        <Button
          label={glossary.cancel}
          kind="secondary"
          formAction={address(props, '/stop')}
          formNoValidate
        />
      </ButtonRow>
    </form>
  );
}

function CardTrouble(props: CardFormProps & { blocking: Trouble }) {
  const { blocking } = props;
  const waits = passing.has(blocking.id);
  return (
    <>
      <Notice kind={waits ? 'check' : 'bad'} title={blocking.what} live>
        <P w={blocking.next} />
        <P w={waits ? own.waiting : blocking.sent} quiet />
      </Notice>
      <form method="post" action={address(props, '/stop')}>
        <ButtonRow>
          <Button label={readAgain} href={address(props)} />
          <Button label={glossary.cancel} kind="secondary" />
        </ButtonRow>
      </form>
    </>
  );
}
