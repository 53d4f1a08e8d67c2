import { type Contact, fill, P, T, type Words, words } from '@madoguchi/ui';
import { raw } from 'hono/html';
import { Frame, type View } from '../frame.js';
import type { PrintedFile } from '../printed.js';
import { type Drawing, drawing } from './drawings.js';
import type { Block, Leaflet, Mark } from './leaflet.js';

const text = {
  tools: {
    ja: 'このページを印刷すると、A4の表と裏になります。',
    jaEasy: '{印刷|いんさつ}すると A4の {紙|かみ}に なります。',
    en: 'Printed, this page becomes one sheet of A4, both sides.',
  },
  pdf: { ja: 'PDFで開く', jaEasy: 'PDFを {見|み}る', en: 'Open as PDF' },
  ask: { ja: 'お問い合わせ', jaEasy: '{聞|き}きたい とき', en: 'Questions' },
  stamp: {
    ja: '窓口の名前・電話番号・ポータルのアドレス（ここに書くか、押印してください）',
    jaEasy: '{窓口|まどぐち}の {名前|なまえ}と {電話|でんわ}と アドレスを {書|か}いてください',
    en: 'Name and telephone of the counter, address of the portal (write or stamp here)',
  },
  address: {
    ja: '公的個人認証ポータル: {at}',
    jaEasy: 'ポータル: {at}',
    en: 'This portal: {at}',
  },
  picture: {
    ja: 'カードからパソコンへ、パソコンから役所へ',
    jaEasy: 'カードから パソコンへ、パソコンから {役所|やくしょ}へ',
    en: 'From the card to the computer, from the computer to the office',
  },
} satisfies Record<string, Words>;

interface LeafletPageProps {
  view: View;
  leaflet: Leaflet;
  /** Address of its style sheet. */
  sheet: string;
  /** The same on paper, in the register of the reader. */
  pdf: PrintedFile | undefined;
}

/** A leaflet to read, on a phone or aloud; printed it is one sheet of A4 (`assets/leaflet.css`), which is also how its PDF is made. */
export function LeafletPage({ view, leaflet, sheet, pdf }: LeafletPageProps) {
  const { title, forWhom, front, back, picture } = leaflet;
  return (
    <Frame view={view} title={title} heading={false} back={{ href: '/materials' }}>
      <link rel="stylesheet" href={sheet} />
      <div class="leaflet-tools">
        <P w={text.tools} />
        {pdf === undefined ? null : (
          <p>
            <a href={`/${pdf.name}`} type="application/pdf">
              <T w={text.pdf} />
            </a>
          </p>
        )}
      </div>
      <article class="leaflet">
        <div class="leaflet-sheet">
          <header class={picture ? 'leaflet-head' : 'leaflet-head leaflet-low'}>
            <p>
              <T w={forWhom} />
            </p>
            <h1>
              <T w={title} />
            </h1>
            {picture ? (
              <div class="leaflet-picture">
                <Drawn view={view} name="journey" label={text.picture} />
              </div>
            ) : null}
          </header>
          <div class="leaflet-body">
            {front.map((block) => (
              <Piece view={view} block={block} />
            ))}
          </div>
        </div>
        <div class="leaflet-sheet">
          <div class="leaflet-body">
            {back.map((block) => (
              <Piece view={view} block={block} />
            ))}
            <Ask {...view.options} />
          </div>
        </div>
      </article>
    </Frame>
  );
}

function Drawn({ view, name, label }: { view: View; name: Drawing; label: Words }) {
  return raw(drawing(name, words(label, view.prefs.register)));
}

/** Where to ask: the portal's own contact, or room for a stamp. */
function Ask({ contact, origin }: { contact?: Contact; origin?: string }) {
  return (
    <div class="leaflet-ask">
      <h2>
        <T w={text.ask} />
      </h2>
      {contact === undefined ? (
        <p class="leaflet-stamp">
          <T w={text.stamp} />
        </p>
      ) : (
        <p>
          <T w={contact.name} />
          {contact.telephone === undefined ? null : ` ${contact.telephone}`}
          {contact.hours === undefined ? null : (
            <>
              <br />
              <T w={contact.hours} />
            </>
          )}
        </p>
      )}
      {origin === undefined ? null : <P w={fill(text.address, { at: origin })} />}
    </div>
  );
}

/** Text in which `**…**` stands out. */
function Marked({ view, w }: { view: View; w: Words }) {
  return (
    <>
      {w[view.prefs.register].split('**').map((piece, index) => {
        const said = <T w={{ ja: piece, jaEasy: piece, en: piece }} />;
        return index % 2 === 1 ? <strong>{said}</strong> : said;
      })}
    </>
  );
}

function Title({ w }: { w: Words }) {
  return (
    <h2 class="leaflet-title">
      <T w={w} />
    </h2>
  );
}

function Points({ view, mark, points }: { view: View; mark: Mark; points: readonly Words[] }) {
  const lines = points.map((w) => (
    <li>
      <Marked view={view} w={w} />
    </li>
  ));
  return mark === 'number' ? (
    <ol class="leaflet-steps">{lines}</ol>
  ) : (
    <ul class={`leaflet-points leaflet-${mark}`}>{lines}</ul>
  );
}

function Piece({ view, block }: { view: View; block: Block }) {
  switch (block.kind) {
    case 'lead':
      return (
        <p class="leaflet-lead">
          <Marked view={view} w={block.text} />
        </p>
      );
    case 'things':
      return (
        <ul class="leaflet-things">
          {block.things.map(({ drawing: name, name: label, note }) => (
            <li>
              <Drawn view={view} name={name} label={label} />
              <strong>
                <T w={label} />
              </strong>
              <T w={note} />
            </li>
          ))}
        </ul>
      );
    case 'key':
      return (
        <p class="leaflet-key">
          <b>
            <T w={block.label} />
          </b>
          <span>
            <T w={block.value} />
          </span>
          <small>
            <T w={block.note} />
          </small>
        </p>
      );
    case 'ways':
      return (
        <>
          <Title w={block.title} />
          <div class="leaflet-ways">
            {block.ways.map(({ title, steps }) => (
              <div>
                <h3>
                  <T w={title} />
                </h3>
                <Points view={view} mark="number" points={steps} />
              </div>
            ))}
          </div>
          <p class="leaflet-done">
            <T w={block.done} />
          </p>
        </>
      );
    case 'points':
      return (
        <>
          <Title w={block.title} />
          <Points view={view} mark={block.mark} points={block.points} />
        </>
      );
    case 'answers':
      return (
        <>
          <Title w={block.title} />
          <dl class="leaflet-answers">
            {block.answers.map(({ asked, answer }) => (
              <>
                <dt>
                  <T w={asked} />
                </dt>
                <dd>
                  <T w={answer} />
                </dd>
              </>
            ))}
          </dl>
        </>
      );
    case 'note':
      return (
        <div class="leaflet-note">
          {block.lines.map((w) => (
            <p>
              <Marked view={view} w={w} />
            </p>
          ))}
        </div>
      );
    case 'text':
      return (
        <>
          <Title w={block.title} />
          <P w={block.text} />
        </>
      );
  }
}
