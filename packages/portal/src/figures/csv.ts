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

/** The tables of `/figures` as CSV, by file name; undefined where there is nothing of that name now. */
export function figuresCsv(name: string, { stats, agencies, helpdesk }: FigureSources): string | undefined {
  switch (name) {
    case 'applications.csv':
      return csv([
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
      ]);
    case 'helpdesk.csv':
      return helpdesk === undefined
        ? undefined
        : csv([
            ['month', 'calls', 'median hours', '90 % hours'],
            ...helpdesk.months.map(({ month, hours }) => [month, ...told(hours)]),
          ]);
    case 'counter.csv':
      return stats?.counter === undefined
        ? undefined
        : csv([
            ['month', 'acts', 'median minutes', '90 % minutes'],
            ...stats.counter.months.map(({ month, minutes }) => [month, ...told(minutes)]),
          ]);
    case 'activations.csv':
      return csv([
        ['journey', 'activations', 'limit', 'fields typed', 'counted on', 'pressed'],
        ...activations.journeys.map(({ name: { ja }, pressed, limit, fields, day }) => [
          ja,
          pressed.length,
          limit,
          fields,
          day,
          pressed.join(' → '),
        ]),
      ]);
    case 'certificates.csv':
      return stats === undefined
        ? undefined
        : csv([
            ['month', 'prefecture', 'profile', 'issued'],
            ...stats.history.map(({ month, prefecture, profile, issued }) => [
              month,
              prefecture,
              profile,
              issued,
            ]),
          ]);
    case 'public.csv':
      return stats === undefined
        ? undefined
        : csv([
            ['until', 'certificates', 'source'],
            ...stats.publicHistory.map(({ until, certificates, source }) => [until, certificates, source]),
          ]);
    default:
      return undefined;
  }
}
