import {
  assetPath,
  Button,
  ButtonRow,
  CheckboxGroup,
  ConfirmationPanel,
  Details,
  eraDate,
  FileInput,
  fill,
  formatDate,
  glossary,
  H2,
  LinkList,
  Notice,
  P,
  Page,
  PasswordInput,
  type Preferences,
  ProgressList,
  RadioGroup,
  Select,
  StatusLight,
  Steps,
  SummaryList,
  Table,
  TextInput,
  type Words,
} from '../index.js';

const w = (ja: string, jaEasy = ja, en = ja): Words => ({ ja, jaEasy, en });
const required = true;
const copies = {
  name: 'copies',
  label: w('何通ですか', '{何通|なんつう} いりますか', 'How many copies?'),
  hint: w('1から10までの数字', '1から 10までの {数字|すうじ}', 'A number from 1 to 10'),
  required,
};
const who = [
  { value: 'self', label: w('本人', '{自分|じぶん}', 'Myself') },
  {
    value: 'all',
    label: w('世帯全員', '{家族|かぞく} みんな', 'The whole household'),
    hint: w('同じ世帯の方すべて', '{同|おな}じ {家|いえ}の {人|ひと}', 'Everyone in the same household'),
  },
];

/** Every component once, with words as they stand on real pages: looked at by people, rendered by the tests. */
export function Gallery({
  prefs,
  path = '/',
  assets,
}: {
  prefs: Preferences;
  path?: string;
  assets?: string;
}) {
  const now = new Date('2026-11-22T01:41:00Z');
  return (
    <Page
      title={w(
        '住民票の写しの交付申請',
        '{住民票|じゅうみんひょう}の {写|うつ}しを もらう',
        'Apply for a copy of your resident record',
      )}
      prefs={prefs}
      siteName={w('見本市', '{見本市|みほんし}', 'Mihon City')}
      siteHref="/"
      path={path}
      {...(assets === undefined ? {} : { assets })}
      banner={w(
        'これは見本です。本物の役所ではありません。',
        'これは {見本|みほん}です。{本当|ほんとう}の {役所|やくしょ}では ありません。',
        'This is a demo, not a real authority.',
      )}
      back={{ href: '/' }}
      nav={[
        { href: '/', label: w('手続', '{手続|てつづき}', 'Procedures'), current: true },
        { href: '/start', label: w('準備', '{準備|じゅんび}', 'Getting ready') },
        { href: '/help', label: w('こまったとき', 'こまったとき', 'Help') },
      ]}
      lead={w(
        'カードがあれば、家から3分で申請できます。',
        'カードが あれば、{家|いえ}から 3{分|ぷん}で できます。',
        'With your card, from home, in three minutes.',
      )}
      errors={[
        {
          field: 'copies',
          message: w(
            '何通かを、1から10までの数字で書いてください',
            '{何通|なんつう}か {数字|すうじ}で {書|か}いてください',
            'Enter a number from 1 to 10',
          ),
        },
      ]}
      contact={{
        name: w('見本市 市民課', '{見本市|みほんし} {市民課|しみんか}', 'Mihon City, citizens’ section'),
        telephone: '099-201-0000',
        hours: w(
          '平日 8時30分〜17時15分',
          '{月曜日|げつようび}から {金曜日|きんようび}',
          'Weekdays 8:30–17:15',
        ),
      }}
    >
      <Notice title={w('お知らせ', 'お{知|し}らせ', 'Notice')}>
        <P
          w={w(
            'あなたの氏名・住所・生年月日・性別は、署名のときカードから入ります。書く必要はありません。',
            '{名前|なまえ}や {住所|じゅうしょ}は カードから {入|はい}ります。{書|か}かなくて いいです。',
            'Your name, address, date of birth and sex come from the card. You need not write them.',
          )}
        />
      </Notice>
      <form method="get" action="/">
        <RadioGroup
          name="who"
          label={w('だれの分ですか', 'だれの {分|ぶん}ですか', 'For whom?')}
          options={who}
          value="self"
          required
        />
        <TextInput
          {...copies}
          value="0"
          width="short"
          inputmode="numeric"
          unit={w('通', '{通|つう}', 'copies')}
        />
        <Select
          name="way"
          label={w('受け取り方', '{受|う}け{取|と}り{方|かた}', 'How to receive it')}
          options={[
            { value: 'post', label: w('住民登録の住所へ郵送', 'ゆうびん', 'By post') },
            { value: 'counter', label: w('窓口', '{窓口|まどぐち}', 'At the counter') },
          ]}
          required
        />
        <CheckboxGroup
          name="show"
          label={w('のせるもの', 'のせる もの', 'What to show')}
          options={[
            { value: 'domicile', label: w('本籍', '{本籍|ほんせき}', 'Registered domicile') },
            { value: 'relation', label: w('続柄', '{続柄|つづきがら}', 'Relationship') },
          ]}
          values={['relation']}
        />
        <TextInput
          name="note"
          label={w('つたえたいこと', 'つたえたい こと', 'Anything to tell us')}
          rows={3}
          value="<b>太字</b> & {漢字|かんじ}"
        />
        <FileInput
          name="paper"
          label={w('添付書類', 'いっしょに {出|だ}す {紙|かみ}', 'Attachment')}
          hint={w('PDF、JPEG。10 MBまで', 'PDF、JPEG。10 MBまで', 'PDF or JPEG, up to 10 MB')}
        />
        <PasswordInput
          name="pin"
          label={glossary.pinSign}
          hint={w('のこり 5 回', 'のこり 5 {回|かい}', '5 tries left')}
          required
        />
        <ButtonRow>
          <Button label={glossary.signAndSend} />
          <Button label={glossary.back} kind="secondary" href="/" />
          <Button label={glossary.cancel} kind="text" type="button" />
          <Button label={w('却下する', '{断|ことわ}る', 'Reject')} kind="danger" type="button" />
        </ButtonRow>
      </form>
      <H2 w={w('これに署名します', 'これに {署名|しょめい}します', 'This is what you sign')} id="signed" />
      <SummaryList
        boxed
        rows={[
          { label: glossary.name, value: '総務　太郎', note: w('カードから', 'カードから', 'from the card') },
          {
            label: glossary.address,
            value: '見本県見本市中央一丁目2番3号',
            note: w('カードから', 'カードから', 'from the card'),
          },
          { label: glossary.birthDate, value: eraDate('1975-04-01', prefs.register) },
          {
            label: copies.label,
            value: fill(w('{n}通', '{n}{通|つう}', '{n} copy'), { n: 1 }),
            change: { href: '#f-copies', label: w('変更', '{変|か}える', 'Change') },
          },
        ]}
      />
      <H2 w={w('進みぐあい', '{進|すす}みぐあい', 'Progress')} />
      <ProgressList
        steps={[
          {
            label: w('カードで署名しています', 'カードで {署名|しょめい}しています', 'Signing with the card'),
            state: 'done',
          },
          { label: w('暗号化しています', '{暗号|あんごう}に しています', 'Encrypting'), state: 'now' },
          {
            label: w(
              '見本市へ送っています',
              '{見本市|みほんし}へ {送|おく}っています',
              'Sending to Mihon City',
            ),
            state: 'next',
          },
          {
            label: w('受付の確認', '{受付|うけつけ}の {確認|かくにん}', 'Checking the receipt'),
            state: 'failed',
          },
        ]}
      />
      <ConfirmationPanel
        title={w('申請がとどきました', '{申請|しんせい}が とどきました', 'Your application has arrived')}
        reference={{ label: glossary.receiptNumber, value: '2026-0001234' }}
      >
        <p>{formatDate(now, prefs.register, { time: true })}</p>
      </ConfirmationPanel>
      <H2 w={w('審査', '{審査|しんさ}', 'Examination')} />
      <p>
        <StatusLight state="good" label={glossary.signature} />
        <StatusLight state="check" label={glossary.matching} />
        <StatusLight state="bad" label={glossary.validity} />
        <StatusLight state="pending" label={glossary.validity} />
      </p>
      <Table
        id="cases"
        caption={w('受付', '{受付|うけつけ}', 'Received')}
        head={[
          w('到達番号', '{番号|ばんごう}', 'Number'),
          w('手続', '{手続|てつづき}', 'Procedure'),
          w('到達', '{到達|とうたつ}', 'Arrival'),
          w('結果', '{結果|けっか}', 'Result'),
          w('通数', '{数|かず}', 'Copies'),
        ]}
        numeric={[4]}
        rows={[
          [
            '2026-0001234',
            w('住民票の写し', '{住民票|じゅうみんひょう}', 'Resident record'),
            '10:41',
            <StatusLight state="good" label={glossary.signature} />,
            '1',
          ],
          [
            '2026-0001235',
            w('住民票の写し', '{住民票|じゅうみんひょう}', 'Resident record'),
            '10:52',
            <StatusLight state="check" label={glossary.matching} />,
            '12',
          ],
        ]}
      />
      <Notice kind="good" title={w('準備ができました', '{準備|じゅんび}が できました', 'You are ready')} />
      <Notice kind="check" title={w('のこり 1 回です', 'のこり 1 {回|かい}です', 'One try left')}>
        <P
          w={w(
            'まちがえるとロックされます。',
            'まちがえると ロックされます。',
            'One more mistake locks the card.',
          )}
        />
      </Notice>
      <Notice kind="bad" title={w('ロックされています', 'ロックされています', 'Locked')}>
        <P
          w={w(
            '市役所の窓口で解除できます。',
            '{市役所|しやくしょ}へ {行|い}ってください。',
            'The city counter can unlock it.',
          )}
        />
      </Notice>
      <Steps
        steps={[
          {
            title: w('手続をえらぶ', '{手続|てつづき}を えらぶ', 'Choose a procedure'),
            body: w('質問に答えます。', '{質問|しつもん}に {答|こた}えます。', 'Answer the questions.'),
          },
          {
            title: w('カードを置く', 'カードを {置|お}く', 'Put in the card'),
            body: w('パスワードを入れます。', 'パスワードを {入|い}れます。', 'Type the password.'),
          },
          { title: w('確かめて送る', '{見|み}て {送|おく}る', 'Check and send') },
        ]}
      />
      <img
        src={assetPath('card.svg', assets)}
        alt={w('カードの向き', 'カードの {向|む}き', 'Which way the card goes')[prefs.register]}
        width="320"
        height="180"
      />
      <LinkList
        links={[
          {
            href: '/start',
            label: w('準備', '{準備|じゅんび}', 'Getting ready'),
            note: w('カードリーダーをつなぎます', 'カードリーダーを つなぎます', 'Connect the reader'),
          },
          { href: '/help', label: w('こまったとき', 'こまったとき', 'Help') },
        ]}
      />
      <Details
        summary={w('パスワードを忘れました', 'パスワードを {忘|わす}れました', 'I forgot my password')}
      >
        <P
          w={w(
            '市役所の窓口で、新しくできます。',
            '{市役所|しやくしょ}で {新|あたら}しく できます。',
            'The city counter can set a new one.',
          )}
        />
      </Details>
      <P quiet w={w('小さい注記です。', '{小|ちい}さい {説明|せつめい}です。', 'A small note.')} />
    </Page>
  );
}
