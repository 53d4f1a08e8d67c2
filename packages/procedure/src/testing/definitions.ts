import type { ProcedureDefinition } from '../definition/definition.js';
import { parseDefinition } from '../definition/parse.js';
import { say } from '../words.js';

const w = (text: string) => say(text, text, text);

/** A procedure of no real office: every field kind, a condition, attachments. */
export const tennisClub: ProcedureDefinition = {
  id: 'tennis-club',
  version: '1.0',
  title: w('Joining the tennis club'),
  summary: w('For everybody.'),
  form: { basis: 'Club rules, article 3' },
  minutes: 3,
  fee: w('free'),
  requirements: [w('card')],
  fields: [
    {
      id: 'court',
      kind: 'choice',
      label: w('Which court?'),
      term: w('Court'),
      required: true,
      default: 'clay',
      options: [
        { value: 'clay', label: say('赤土', '赤い土', 'Clay') },
        { value: 'grass', label: say('芝', 'しば', 'Grass') },
      ],
    },
    { id: 'hours', kind: 'number', label: w('Hours'), unit: w('h'), required: true, min: 1, max: 10 },
    { id: 'gift', kind: 'money', label: w('Gift'), required: false },
    { id: 'start', kind: 'date', label: w('Start'), required: false },
    {
      id: 'why',
      kind: 'longText',
      label: w('Why grass'),
      required: true,
      maxLength: 50,
      when: { field: 'court', is: ['grass'] },
    },
    { id: 'nick', kind: 'text', label: w('Nickname'), required: false, maxLength: 20 },
    { id: 'kana', kind: 'kana', label: w('Kana'), required: false },
    { id: 'phone', kind: 'telephone', label: w('Telephone'), required: false },
    { id: 'mail', kind: 'email', label: w('Mail'), required: false },
    { id: 'partner', kind: 'name', label: w('Partner'), required: false },
    { id: 'club', kind: 'address', label: w('Club'), required: false },
  ],
  attachments: [
    {
      id: 'photo',
      label: w('Photograph'),
      required: false,
      types: ['png', 'jpg'],
      maxBytes: 1000,
      maxFiles: 2,
    },
    {
      id: 'permit',
      label: w('Permit'),
      required: true,
      types: ['pdf'],
      maxBytes: 2_000_000,
      maxFiles: 1,
      when: { field: 'court', is: ['grass'] },
    },
  ],
  match: ['name'],
  processingDays: 1,
  next: w('We call you.'),
  contact: { name: w('Club'), telephone: '099-000-0000' },
  receiver: 'here',
  oneOpenPerPerson: true,
};

const parsed = parseDefinition(tennisClub);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
export const tennisDigest = parsed.digest;
export const tennisBytes = parsed.bytes;
