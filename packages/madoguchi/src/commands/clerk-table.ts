import type { CommandEntry } from '../cli/command.js';

/** Who works at the counter, and by which settings. */
export const clerkCommands: readonly CommandEntry[] = [
  {
    name: 'ca clerk add',
    words: 1,
    usage:
      'ACCOUNT --data DIR --role clerk|supervisor|auditor|lossLine [--municipality CODE5] [--certificate FILE] [--origin URL] [--json]',
    summary:
      'Enrol somebody who works at the counter: by the authentication certificate of their card, or with a one-time link that registers it.',
    load: async () => (await import('./ca-clerk.js')).caClerkAdd,
  },
  {
    name: 'ca clerk list',
    usage: '--data DIR [--json]',
    summary: 'Who may enter the counter: account, role, municipality, card.',
    load: async () => (await import('./ca-clerk.js')).caClerkList,
  },
  {
    name: 'ca clerk remove',
    words: 1,
    usage: 'ACCOUNT --data DIR [--json]',
    summary: 'End an account; whatever it has open is closed at once.',
    load: async () => (await import('./ca-clerk.js')).caClerkRemove,
  },
  {
    name: 'ca settings',
    words: 8,
    usage: '[NAME=VALUE…] --data DIR [--json]',
    summary:
      'What the office decides for itself, in words, and how to change it (letterDays=30): days of a letter of inquiry, idle minutes, misses at the loss line, the overlap of a renewal, what guardianship ends. Also what each register event revokes, with the source.',
    load: async () => (await import('./ca-settings.js')).caSettings,
  },
];
