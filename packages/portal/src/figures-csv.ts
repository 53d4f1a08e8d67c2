import { activations } from './activations.js';
import { csv } from './csv.js';
import type { Stats } from './stats.js';

/** The tables of `/figures` as CSV, by file name; undefined where there is nothing of that name now. */
export function figuresCsv(name: string, stats: Stats | undefined): string | undefined {
  switch (name) {
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
