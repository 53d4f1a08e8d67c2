import { H2, Steps, T, type Words, words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';

const text = {
  title: {
    ja: '署名は、カードの中で行われます',
    jaEasy: '{署名|しょめい}は カードの {中|なか}で します',
    en: 'The signature is made inside the card',
  },
  lead: {
    ja: '申請書に署名する鍵は、カードの外に出ません。だから、ほかの人があなたのかわりに署名することはできません。',
    jaEasy: '{署名|しょめい}の かぎは カードの {外|そと}に {出|で}ません。',
    en: 'The key that signs never leaves the card. So nobody else can sign for you.',
  },
  pause: { ja: '動く絵を止める', jaEasy: '{絵|え}を とめる', en: 'Pause the animation' },
  picture: {
    ja: '動く絵: 申請書の要約がパソコンからカードに入り、カードの中の鍵で署名され、署名だけがパソコンにもどります。鍵はカードに残ります。',
    jaEasy: 'うごく {絵|え}: かぎは カードの {中|なか}に のこります。',
    en: 'Animation: the digest of the form goes from the computer into the card, is signed by the key inside, and only the signature comes back. The key stays.',
  },
  computer: { ja: 'パソコン', jaEasy: 'パソコン', en: 'Computer' },
  card: { ja: 'カード', jaEasy: 'カード', en: 'Card' },
  inWords: { ja: 'ことばで読む', jaEasy: 'ことばで {読|よ}む', en: 'In words' },
  after: { ja: '役所では', jaEasy: '{役所|やくしょ}では', en: 'At the agency' },
  afterText: {
    ja: '役所は、電子証明書の中の公開鍵で署名を確かめます。1文字でも変わっていれば、わかります。',
    jaEasy: '{役所|やくしょ}は {署名|しょめい}を {確|たし}かめます。{変|か}わると わかります。',
    en: 'The agency checks the signature with the public key of the certificate. A single changed character shows.',
  },
} satisfies Record<string, Words>;

/** The four scenes, as captions of the film and as steps below it. */
const scenes: readonly { says: Words; body: Words }[] = [
  {
    says: {
      ja: '1. 申請書の要約を、カードに渡します',
      jaEasy: '1. カードに {渡|わた}します',
      en: '1. The digest goes into the card',
    },
    body: {
      ja: '申請書から、決まった長さの要約（ハッシュ）を計算します。申請書そのものは、カードに入りません。',
      jaEasy: '{申請書|しんせいしょ}を {短|みじか}い {数字|すうじ}に します。',
      en: 'The computer makes a digest (hash) of fixed length. The form itself does not enter the card.',
    },
  },
  {
    says: {
      ja: '2. カードの中の鍵で、署名します',
      jaEasy: '2. かぎで {署名|しょめい}します',
      en: '2. The key inside signs',
    },
    body: {
      ja: 'パスワードが正しいときだけ、カードが計算します。続けて5回まちがえると、カードは署名しなくなります。',
      jaEasy: 'パスワードが {正|ただ}しい {時|とき}だけです。',
      en: 'The card works only after the right password; after five wrong ones in a row it signs no more.',
    },
  },
  {
    says: {
      ja: '3. 署名だけが、もどります',
      jaEasy: '3. {署名|しょめい}だけ もどります',
      en: '3. Only the signature comes back',
    },
    body: {
      ja: '鍵は、カードの外に出ません。読み出すための命令が、はじめからありません。',
      jaEasy: 'かぎは {外|そと}に {出|で}ません。',
      en: 'The key stays: there is no command that would read it out.',
    },
  },
  {
    says: {
      ja: '4. 申請書に署名が付きました',
      jaEasy: '4. {署名|しょめい}が つきました',
      en: '4. The form is signed',
    },
    body: {
      ja: '申請書・署名・電子証明書をいっしょに暗号化して、役所に送ります。',
      jaEasy: 'ひみつに して {役所|やくしょ}へ {送|おく}ります。',
      en: 'Form, signature and certificate are encrypted together and sent to the agency.',
    },
  },
];

/** What happens in the card, as a film without a script that can be paused, and in words. */
export function SignatureFilm({ view, sheet }: { view: View; sheet: string }) {
  const { register } = view.prefs;
  return (
    <Frame view={view} title={text.title} lead={text.lead} back={{ href: '/materials' }}>
      <link rel="stylesheet" href={sheet} />
      <div class="film-box">
        <input type="checkbox" id="film-pause" class="film-pause film-control" />{' '}
        <label for="film-pause" class="film-control">
          <T w={text.pause} />
        </label>
        <svg class="film" viewBox="0 0 720 262" role="img" aria-label={words(text.picture, register)}>
          <g fill="none" stroke="#1a1a1a" stroke-width="3" stroke-linejoin="round">
            <rect x="40" y="60" width="250" height="166" rx="10" fill="#fff" />
            <path d="M14 226h302l-16 22a8 8 0 0 1-7 4H37a8 8 0 0 1-7-4z" fill="#e3e6ef" />
          </g>
          <g stroke="#1a1a1a" stroke-width="3">
            <rect x="420" y="76" width="270" height="170" rx="14" fill="#fff" />
            <rect x="560" y="120" width="54" height="46" rx="7" fill="#ffd43d" />
          </g>
          <path d="M560 143h18m18 0h18M578 120v46m18-46v46" stroke="#1a1a1a" stroke-width="2" />
          <path
            d="M316 160h92"
            stroke="#0017c1"
            stroke-width="4"
            stroke-dasharray="2 12"
            stroke-linecap="round"
          />
          <g class="film-key">
            <g fill="none" stroke="#0017c1" stroke-width="7" stroke-linecap="round">
              <circle cx="644" cy="206" r="13" />
              <path d="M631 206h-52v14m16-14v10" />
            </g>
          </g>
          <g class="film-paper">
            <rect
              x="70"
              y="84"
              width="92"
              height="116"
              rx="6"
              fill="#fff"
              stroke="#0017c1"
              stroke-width="3"
            />
            <path d="M84 106h64M84 124h52M84 142h60" stroke="#99a" stroke-width="5" stroke-linecap="round" />
            <g class="film-seal">
              <circle cx="134" cy="176" r="19" fill="#fff" stroke="#ce0000" stroke-width="4" />
              <path
                d="M125 176l7 8 12-15"
                fill="none"
                stroke="#ce0000"
                stroke-width="4"
                stroke-linecap="round"
              />
            </g>
          </g>
          <g class="film-good">
            <circle cx="226" cy="140" r="32" fill="#115a36" />
            <path
              d="M211 141l11 12 20-24"
              fill="none"
              stroke="#fff"
              stroke-width="7"
              stroke-linecap="round"
            />
          </g>
          <text x="165" y="40" text-anchor="middle" class="film-text">
            {words(text.computer, register)}
          </text>
          <text x="555" y="56" text-anchor="middle" class="film-text">
            {words(text.card, register)}
          </text>
        </svg>
        <div class="film film-words" aria-hidden="true">
          {scenes.map(({ says }, index) => (
            <p class={`film-says film-says-${index + 1}`}>
              <T w={says} />
            </p>
          ))}
        </div>
      </div>
      <H2 w={text.inWords} id="words" />
      <Steps steps={scenes.map(({ says, body }) => ({ title: withoutNumber(says), body }))} />
      <H2 w={text.after} id="after" />
      <p>
        <T w={text.afterText} />
      </p>
    </Frame>
  );
}

/** The steps carry their numbers themselves. */
function withoutNumber({ ja, jaEasy, en }: Words): Words {
  const bare = (line: string) => line.replace(/^\d\. /, '');
  return { ja: bare(ja), jaEasy: bare(jaEasy), en: bare(en) };
}
