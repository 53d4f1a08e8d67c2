import type { Waiting } from '@madoguchi/procedure';
import { csv, words } from '@madoguchi/ui';
import type { HelpdeskFigures } from '../helpdesk/figures.js';
import { activations } from './activations.js';
import type { AgencyWithFigures } from './agencies.js';
import type { Stats } from './stats.js';

/** What the tables are made of. */
export interface FigureSources {
  stats: Stats | undefined;
  agencies: readonly AgencyWithFigures[];
  helpdesk: HelpdeskFigures | undefined;
}

/** A number that is not told is an empty cell. */
const told = ({ number, median, ninety }: Waiting) => [number ?? '', median ?? '', ninety ?? ''];

type Cells = readonly (string | number)[];

/** Each table with its head; undefined where there is nothing of it now. */
const tables = new Map<string, (sources: FigureSources) => Cells[] | undefined>([
  ['applications.csv', ({ agencies }) => applications(agencies)],
  ['helpdesk.csv', ({ helpdesk }) => helpdesk && calls(helpdesk)],
  ['counter.csv', ({ stats }) => stats?.counter && acts(stats.counter)],
  ['activations.csv', () => pressed()],
  ['certificates.csv', ({ stats }) => stats && certificates(stats)],
  ['public.csv', ({ stats }) => stats && published(stats)],
]);

/** The tables of `/figures` as CSV, by file name; undefined where there is nothing of that name now. */
export function figuresCsv(name: string, sources: FigureSources): string | undefined {
  const rows = tables.get(name)?.(sources);
  return rows && csv(rows);
}

function applications(agencies: readonly AgencyWithFigures[]): Cells[] {
  return [
    ['agency', 'name', 'procedure', 'title', 'month', 'arrived', 'decided', 'median days', '90 % days'],
    ...agencies.flatMap(({ agency, figures }) =>
      (figures?.value.procedures ?? []).flatMap(({ id, title, months }) =>
        months.map(({ month, arrived, decided }) => [
          ...[agency.code, words(agency.name, 'ja'), id, words(title, 'ja'), month],
          arrived ?? '',
          ...told(decided),
        ]),
      ),
    ),
  ];
}

function calls({ months }: HelpdeskFigures): Cells[] {
  return [
    ['month', 'calls', 'median hours', '90 % hours'],
    ...months.map(({ month, hours }) => [month, ...told(hours)]),
  ];
}

function acts({ months }: NonNullable<Stats['counter']>): Cells[] {
  return [
    ['month', 'acts', 'median minutes', '90 % minutes'],
    ...months.map(({ month, minutes }) => [month, ...told(minutes)]),
  ];
}

function pressed(): Cells[] {
  return [
    ['journey', 'activations', 'limit', 'fields typed', 'counted on', 'pressed'],
    ...activations.journeys.map((one) => {
      const path = one.pressed.join(' → ');
      return [one.name.ja, one.pressed.length, one.limit, one.fields, one.day, path];
    }),
  ];
}

function certificates({ history }: Stats): Cells[] {
  return [
    ['month', 'prefecture', 'profile', 'issued'],
    ...history.map(({ month, prefecture, profile, issued }) => [month, prefecture, profile, issued]),
  ];
}

function published({ publicHistory }: Stats): Cells[] {
  return [
    ['until', 'certificates', 'source'],
    ...publicHistory.map(({ until, certificates: number, source }) => [until, number, source]),
  ];
}
