import type { DrawnRow } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  CheckboxGroup,
  fill,
  glossary,
  Notice,
  P,
  PasswordInput,
  RadioGroup,
  SummaryList,
  type Words,
  words,
} from '@madoguchi/ui';
import { ClientError } from '../../client-error.js';
import { w } from '../../client-words.js';
import type { CardKind } from '../../token-kind.js';
import type { Probe, ReadyCard } from '../card-work.js';
import { timeWords } from '../own-certificate.js';
import type { AcceptedRequest } from '../signing-session.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { type AgentLook, AgentPage, address } from './layout.js';

const own = {
  title: w(
    '{agency} が 署名を もとめています',
    '{agency}が {署名|しょめい}を もとめて います',
    '{agency} asks for your signature',
  ),
  procedure: w('手続', '{手続|てつづき}', 'Procedure'),
  content: w('内容', '{内容|ないよう}', 'Content'),
  from: w('依頼したサイト', 'たのんだ サイト', 'Asked by the site'),
  issuer: w('証明書の発行者', '{証明書|しょうめいしょ}を {出|だ}した ところ', 'Certificate issued by'),
  until: w('期限', '{期限|きげん}', 'Until'),
  card: w('カード', 'カード', 'Card'),
  cardLine: w(
    '{reader} に {kind}（のこり {tries} 回）',
    '{reader} に {kind}（のこり {tries} {回|かい}）',
    '{kind} in {reader} (tries left: {tries})',
  ),
  chooseCard: w('どのカードで署名しますか', 'どの カードで {署名|しょめい}しますか', 'Which card will sign?'),
  pinHint: w(
    'マイナンバーカードを受け取ったときに、窓口で決めたものです。大文字・小文字は区別しません。',
    'カードを もらった とき、{窓口|まどぐち}で きめた ものです。{大文字|おおもじ}と {小文字|こもじ}は おなじです。',
    'The one you set at the counter when you received your card. Upper and lower case make no difference.',
  ),
  next: w('次へ', '{次|つぎ}へ', 'Next'),
  again: w('もう一度読み取る', 'もういちど {読|よ}む', 'Read the card again'),
  lastTry: w('最後の1回を使う', 'さいごの 1{回|かい}を {使|つか}う', 'Use the last try'),
  lastTryLabel: w('のこり 1 回です', 'のこり 1{回|かい}です', 'One try is left'),
  waiting: w(
    'このページは、カードが見つかると自動で進みます。',
    'カードが {見|み}つかると、この ページは {自動|じどう}で {進|すす}みます。',
    'This page goes on by itself when a card is found.',
  ),
  noCard: w('カードを待っています', 'カードを まって います', 'Waiting for your card'),
};

const kindWords: Record<CardKind, Words> = {
  'my-number-card': glossary.myNumberCard,
  jukicard: w('住基カード', '{住基|じゅうき}カード', 'Resident Register Card'),
  android: w('スマホ用電子証明書（Android）', 'スマホの {証明書|しょうめいしょ}（Android）', 'Android token'),
  ios: w('スマホ用電子証明書（iPhone）', 'スマホの {証明書|しょうめいしょ}（iPhone）', 'iPhone token'),
  other: w('ICカード', 'ICカード', 'card'),
};

/** Which troubles end by themselves when the card is put in: the page looks again every few seconds. */
const passing = new Set([
  'no-reader',
  'no-card',
  'card-busy',
  'card-removed',
  'card-unresponsive',
  'service-stopped',
]);

interface AskPageProps extends AgentLook {
  request: AcceptedRequest;
  probe: Probe;
  notice?: Trouble;
}

function cardLine(card: ReadyCard): Words {
  return fill(own.cardLine, {
    reader: card.channel.label,
    kind: kindWords[card.kind],
    tries: card.pin.triesLeft,
  });
}

/** One line of the answers: the completed application comes on the next page. */
function contentLine(rows: readonly DrawnRow[]): Words {
  const line = (register: 'ja' | 'jaEasy' | 'en') =>
    rows
      .map(({ label, value }) => `${words(label, register)} ${words(value, register)}`)
      .join(register === 'en' ? ', ' : '・');
  return { ja: line('ja'), jaEasy: line('jaEasy'), en: line('en') };
}

export function AskPage(props: AskPageProps) {
  const { request, probe, notice } = props;
  const { claims, agency, definition } = request;
  const usable = probe.ok ? probe.cards.filter(({ pin }) => pin.state === 'usable') : [];
  const blocking = probe.ok
    ? usable.length === 0
      ? cardTrouble(new ClientError('pin-locked', { pin: 'sign' }))
      : undefined
    : probe.trouble;
  const rows = [
    { label: own.procedure, value: definition.title },
    ...(request.rows.length === 0 ? [] : [{ label: own.content, value: contentLine(request.rows) }]),
    { label: own.from, value: new URL(claims.origin).host },
    { label: own.issuer, value: agency.issuer },
    { label: own.until, value: timeWords(new Date(claims.exp * 1000)) },
    ...(usable.length === 1 && usable[0] !== undefined
      ? [{ label: own.card, value: cardLine(usable[0]) }]
      : []),
  ];
  const errors =
    notice === undefined || blocking !== undefined ? [] : [{ field: 'pin', message: message(notice) }];
  return (
    <AgentPage
      {...props}
      title={fill(own.title, { agency: agency.title })}
      errors={errors}
      {...(blocking !== undefined && passing.has(blocking.id) ? { refresh: 3 } : {})}
    >
      <div class="agent-compact">
        <SummaryList boxed rows={rows} />
      </div>
      {blocking === undefined ? (
        <PinForm {...props} cards={usable} />
      ) : (
        <CardTrouble {...props} blocking={blocking} />
      )}
    </AgentPage>
  );
}

function message(notice: Trouble): Words {
  // The field below says by itself that the password is to be typed again.
  if (notice.id === 'pin-wrong') return notice.what;
  return {
    ja: `${notice.what.ja}${notice.next.ja}`,
    jaEasy: `${notice.what.jaEasy} ${notice.next.jaEasy}`,
    en: `${notice.what.en} ${notice.next.en}`,
  };
}

function PinForm(props: AskPageProps & { cards: ReadyCard[] }) {
  const { cards } = props;
  const [only] = cards;
  const last = cards.some(({ pin }) => pin.triesLeft === 1);
  return (
    <form method="post" action={address(props, '/pin')} autocomplete="off">
      {cards.length === 1 && only !== undefined ? (
        <input type="hidden" name="card" value={only.channel.label} />
      ) : (
        <RadioGroup
          name="card"
          label={own.chooseCard}
          required
          value={only?.channel.label}
          options={cards.map((card) => ({ value: card.channel.label, label: cardLine(card) }))}
        />
      )}
      <PasswordInput
        name="pin"
        label={glossary.pinSign}
        hint={own.pinHint}
        required
        maxLength={16}
        autofocus
      />
      {last ? (
        <CheckboxGroup
          name="lastTry"
          label={own.lastTryLabel}
          hint={cardTrouble(new ClientError('pin-last-try', { pin: 'sign' })).what}
          options={[{ value: 'yes', label: own.lastTry }]}
        />
      ) : null}
      <ButtonRow>
        <Button label={own.next} id="next" />
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

function CardTrouble(props: AskPageProps & { blocking: Trouble }) {
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
          <Button label={own.again} href={address(props)} />
          <Button label={glossary.cancel} kind="secondary" />
        </ButtonRow>
      </form>
    </>
  );
}
