import { say } from '../words.js';

const w = (text: string) => say(text, text, text);

/** A procedure of no real office with everything a long form may have: groups, totals, rules, steps, persons, signers, parts. */
export const vehicleShare = {
  id: 'vehicle-share',
  version: '1.0',
  title: w('Sharing a vehicle'),
  summary: w('s'),
  form: { basis: 'Club rules, article 9', style: 'Form 2' },
  catalogue: { level: 'municipal', keywords: ['くるま', 'car'] },
  minutes: 9,
  fee: w('by weight'),
  requirements: [],
  fields: [
    {
      id: 'kind',
      kind: 'choice',
      label: w('Kind'),
      required: true,
      options: [
        { value: 'new', label: w('New') },
        { value: 'used', label: w('Used') },
      ],
    },
    { id: 'from', kind: 'date', label: w('From'), required: true, from: '2020-01-01' },
    { id: 'until', kind: 'date', label: w('Until'), required: false },
    {
      id: 'owners',
      kind: 'group',
      label: w('Owners'),
      row: w('Owner {number}'),
      min: 1,
      max: 3,
      fields: [
        { id: 'name', kind: 'name', label: w('Name'), required: true },
        { id: 'address', kind: 'address', label: w('Address'), required: false },
        { id: 'share', kind: 'number', label: w('Share'), required: true, min: 1, max: 100 },
        {
          id: 'why',
          kind: 'text',
          label: w('Why so much'),
          required: true,
          when: { number: 'share', op: '>', than: 50 },
        },
        { id: 'fee', kind: 'total', label: w('Fee'), required: false, value: { times: ['share', 10] } },
      ],
    },
    {
      id: 'shares',
      kind: 'total',
      label: w('All shares'),
      required: false,
      as: 'number',
      value: { over: 'owners', sum: 'share' },
    },
    {
      id: 'sum',
      kind: 'total',
      label: w('To pay'),
      required: false,
      value: { sum: [{ over: 'owners', sum: 'fee' }, 500] },
    },
  ],
  attachments: [
    { id: 'photo', label: w('Photo'), required: false, types: ['png'], maxBytes: 1000, maxFiles: 1 },
  ],
  steps: [
    { id: 'what', title: w('What'), fields: ['kind', 'from', 'until'] },
    { id: 'who', title: w('Who'), fields: ['owners', 'shares', 'sum', 'photo'] },
  ],
  rules: [
    {
      id: 'order',
      when: { field: 'until', answered: true },
      must: { date: 'from', op: '<=', than: 'until' },
      field: 'until',
      message: w('The end is before the beginning.'),
    },
    {
      id: 'whole',
      must: { number: 'shares', op: '=', than: 100 },
      field: 'shares',
      message: w('All shares make 100.'),
    },
  ],
  persons: [
    {
      id: 'owner',
      label: w('Owner'),
      group: 'owners',
      name: 'name',
      address: 'address',
      against: 'signature',
    },
  ],
  signers: [{ id: 'owner', label: w('Each owner'), person: 'owner', when: { field: 'kind', is: ['used'] } }],
  parts: [
    {
      id: 'police',
      title: w('Parking'),
      authority: w('Police'),
      fields: ['kind', 'photo'],
      processingDays: 3,
    },
    {
      id: 'tax',
      title: w('Tax'),
      authority: w('Tax office'),
      fields: ['owners', 'sum'],
      processingDays: 5,
      after: ['police'],
    },
  ],
  match: ['name'],
  processingDays: 7,
  next: w('n'),
  contact: { name: w('Club'), telephone: '099-000-0000' },
  receiver: 'here',
  oneOpenPerPerson: false,
};
