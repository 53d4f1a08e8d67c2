import { Button, fill, H2, P, T, TextInput, type Words } from '@madoguchi/ui';
import { searchCatalogue } from '../catalogue.js';
import { Frame, type View } from '../frame.js';
import { type PortalAgency, type PortalProcedure, procedureUrl } from '../options.js';

const text = {
  title: { ja: '手続をさがす', jaEasy: '{手続|てつづき}を さがす', en: 'Find a procedure' },
  lead: {
    ja: 'オンラインで申請できる手続の一覧です。',
    jaEasy: 'パソコンで できる {手続|てつづき}です。',
    en: 'Everything you can apply for online.',
  },
  search: { ja: 'ことばでさがす', jaEasy: 'ことばで さがす', en: 'Search by word' },
  searchHint: {
    ja: '例: 住民票、じゅうみんひょう、見本市',
    jaEasy: '{例|れい}: じゅうみんひょう',
    en: 'For example: resident, 住民票',
  },
  go: { ja: 'さがす', jaEasy: 'さがす', en: 'Search' },
  all: { ja: 'すべての手続を見る', jaEasy: 'ぜんぶ {見|み}る', en: 'Show all' },
  found: {
    ja: '「{query}」の手続: {n}件',
    jaEasy: '「{query}」: {n}こ ありました',
    en: '“{query}”: {n} found',
  },
  none: {
    ja: '見つかりませんでした。別のことばでさがすか、すべての手続をごらんください。',
    jaEasy: 'ありませんでした。ほかの ことばで さがしてください。',
    en: 'Nothing found. Try another word, or look at all of them.',
  },
  empty: {
    ja: 'いま、受け付けている手続はありません。',
    jaEasy: 'いま できる {手続|てつづき}は ありません。',
    en: 'No procedure is open at the moment.',
  },
  minutes: { ja: '時間のめやす', jaEasy: '{時間|じかん}', en: 'Time' },
  minutesValue: { ja: '{n}分', jaEasy: '{n}分', en: '{n} min' },
  fee: { ja: '手数料', jaEasy: 'お{金|かね}', en: 'Fee' },
  receiver: { ja: '受け付ける所', jaEasy: '{出|だ}す ところ', en: 'Received by' },
  shared: { ja: '共同受付システム', jaEasy: '{共同|きょうどう}の システム', en: 'a shared system' },
  outside: {
    ja: '外部のサイト（{host}）',
    jaEasy: 'ほかの サイト（{host}）',
    en: 'another site ({host})',
  },
} satisfies Record<string, Words>;

/** The catalogue: agencies and their procedures, with a search that needs no script. */
export function Procedures({ view, query }: { view: View; query: string }) {
  const asked = query.trim().slice(0, 100);
  const found = searchCatalogue(view.options.agencies, asked);
  const count = found.reduce((sum, agency) => sum + agency.procedures.length, 0);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <search>
        <form method="get" action="/procedures" class="search">
          <TextInput name="q" label={text.search} hint={text.searchHint} value={asked} type="search" plain />
          <Button label={text.go} kind="secondary" />
        </form>
      </search>
      {asked === '' ? null : (
        <p role="status">
          <T w={fill(text.found, { query: asked, n: count })} />
          <br />
          <a href="/procedures">
            <T w={text.all} />
          </a>
        </p>
      )}
      {count === 0 ? <P w={asked === '' ? text.empty : text.none} /> : null}
      {found.map((agency) => (
        <>
          <H2 w={agency.name} id={`a-${agency.code}`} />
          <ul class="cards">
            {agency.procedures.map((procedure) => (
              <ProcedureCard agency={agency} procedure={procedure} />
            ))}
          </ul>
        </>
      ))}
    </Frame>
  );
}

function ProcedureCard({ agency, procedure }: { agency: PortalAgency; procedure: PortalProcedure }) {
  return (
    <li class="card">
      <h3>
        <a href={procedureUrl(agency, procedure)}>
          <T w={procedure.title} />
        </a>
      </h3>
      <P w={procedure.summary} />
      <dl class="facts">
        <Fact label={text.minutes} value={fill(text.minutesValue, { n: procedure.minutes })} />
        <Fact label={text.fee} value={procedure.fee} />
        <Fact label={text.receiver} value={receiver(agency, procedure)} />
      </dl>
    </li>
  );
}

function Fact({ label, value }: { label: Words; value: Words }) {
  return (
    <div>
      <dt>
        <T w={label} />
      </dt>
      <dd>
        <T w={value} />
      </dd>
    </div>
  );
}

function receiver(agency: PortalAgency, { receiver: where }: PortalProcedure): Words {
  if (where === 'here') return agency.name;
  if ('shared' in where) return text.shared;
  return fill(text.outside, {
    host: URL.canParse(where.outside) ? new URL(where.outside).host : where.outside,
  });
}
