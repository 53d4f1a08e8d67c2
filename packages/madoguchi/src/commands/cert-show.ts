import type { Command } from '../cli/command.js';
import { readInput } from '../cli/input.js';
import { langOption, languageOf } from '../cli/language.js';
import { certificateDocument, certificateLines, fromPemOrDer } from './certificate-text.js';

export const certShow: Command = {
  options: { ...langOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const der = fromPemOrDer(readInput(words[0]));
    if (values.json === true) printJson(certificateDocument(der));
    else for (const line of await certificateLines(der, languageOf(values), new Date())) print(line);
    return 'good';
  },
};
