import type { Sql } from '@madoguchi/store';
import { P, Page, type PageProps, Table, type Words } from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';

/** One procedure in numbers. */
interface Figure {
  readonly procedureId: string | null;
  readonly arrived: number;
  readonly open: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly withdrawn: number;
  /** Cases that were returned for correction at least once. */
  readonly returned: number;
  /** Median of the days from arrival to acceptance or rejection; null before the first. */
  readonly days: number | null;
}

/** Numbers by procedure over all cases of the agency; what reception refused is not among them. */
export async function readFigures(
  sql: Sql,
  agency: string,
  reach: 'all' | readonly string[] = 'all',
): Promise<Figure[]> {
  return sql<Figure[]>`
    with done as (
      select receipt_number, min(at) filter (where kind in ('accepted', 'rejected')) as at,
        bool_or(kind = 'correctionAsked') as returned
      from agency.actions where agency = ${agency} group by receipt_number)
    select c.procedure_id as "procedureId", count(*)::int as arrived,
      (count(*) filter (where c.state in ('arrived', 'opened', 'cosigning', 'verified', 'tryLater', 'correction')))::int as open,
      (count(*) filter (where c.state = 'accepted'))::int as accepted,
      (count(*) filter (where c.state = 'rejected'))::int as rejected,
      (count(*) filter (where c.state in ('withdrawn', 'duplicate')))::int as withdrawn,
      (count(*) filter (where d.returned))::int as returned,
      round((percentile_cont(0.5) within group (order by extract(epoch from d.at - c.arrived_at)) / 86400)::numeric, 1)::float8
        as days
    from agency.cases c left join done d using (receipt_number)
    where c.agency = ${agency} and c.joins is null and c.state <> 'refused'
      ${reach === 'all' ? sql`` : sql`and c.procedure_id = any(${[...reach]})`}
    group by c.procedure_id order by arrived desc, c.procedure_id`;
}

/** What the page of figures says. */
export const figureTexts = {
  title: { ja: '件数と日数', jaEasy: '{数|かず}を {見|み}る', en: 'Figures' },
  none: { ja: 'まだ申請がありません。', jaEasy: 'まだ ありません。', en: 'There are no applications yet.' },
  procedure: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedure' },
  arrived: { ja: '到達', jaEasy: 'とどいた', en: 'Arrived' },
  open: { ja: '審査中', jaEasy: '{審査|しんさ}して いる', en: 'Open' },
  accepted: { ja: '受理', jaEasy: '{受|う}けつけた', en: 'Accepted' },
  rejected: { ja: '却下', jaEasy: 'ことわった', en: 'Rejected' },
  withdrawn: { ja: '取下げ・重複', jaEasy: 'やめた・おなじ もの', en: 'Withdrawn, duplicate' },
  returned: { ja: '補正を求めた', jaEasy: '{直|なお}して もらった', en: 'Returned' },
  days: {
    ja: '決定までの日数（中央値）',
    jaEasy: '{決|き}まるまでの {日|ひ}',
    en: 'Days to decide (median)',
  },
} as const satisfies Record<string, Words>;

interface FiguresPageProps {
  look: Omit<PageProps, 'title'>;
  back: NonNullable<PageProps['back']>;
  figures: readonly Figure[];
  procedures: readonly LoadedProcedure[];
}

/** 件数と日数: by procedure. */
export function FiguresPage({ look, back, figures, procedures }: FiguresPageProps) {
  const titleOf = ({ procedureId }: Figure) =>
    procedures.find(({ definition }) => definition.id === procedureId)?.definition.title ??
    procedureId ??
    '—';
  const { title, none, procedure, ...numbers } = figureTexts;
  return (
    <Page {...look} title={title} wide back={back}>
      {figures.length === 0 ? (
        <P w={none} />
      ) : (
        <Table
          id="figures"
          stack
          caption={title}
          numeric={[1, 2, 3, 4, 5, 6, 7]}
          headed
          head={[procedure, ...Object.values(numbers)]}
          rows={figures.map((figure) => [
            titleOf(figure),
            String(figure.arrived),
            String(figure.open),
            String(figure.accepted),
            String(figure.rejected),
            String(figure.withdrawn),
            String(figure.returned),
            figure.days === null ? '—' : String(figure.days),
          ])}
        />
      )}
    </Page>
  );
}
