/** What is kept of decided cases: as one file, under time stamps, until its day; and the keys that open what arrives. Loads neither forms nor web pages. */
export { type Archive, caseBundle } from '../archive/bundle.js';
export { beginCare, careTasks, recordKeys } from '../archive/care.js';
export { casesToErase, eraseDue, holdCase, type Retention } from '../archive/retention.js';
export { stampFromUrl } from '../archive/stamps.js';
export type { AgencyKeys } from '../options.js';
