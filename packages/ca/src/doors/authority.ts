/** The authority itself, as commands use it. Loads no web server. */
export { type Anchors, type Ca, type OpenInput, openCa } from '../ca.js';
export { cardKeyFor } from '../card-key.js';
export type { Authority, AuthorityKind } from '../context.js';
export { imageCards, keepCard, orderCard } from '../counter/cards.js';
export { addClerk, type Clerk, listClerks, registerCertificate, removeClerk } from '../counter/clerks.js';
export { closeBrokenActs } from '../counter/open-acts.js';
export { roleNames, roles } from '../counter/roles.js';
export { createCounterLink } from '../counter/session.js';
export { CaError } from '../error.js';
export { crlPath, exportCrls } from '../export.js';
export { identityOf, type Resident } from '../identity/resident.js';
export { type InitInput, initCa, migrations as caMigrations } from '../init.js';
export type { Issued, IssueInput } from '../issuance/issue.js';
export type { CardIssue, CardIssueResult } from '../issuance/issue-to-card.js';
export { blockKeys } from '../keys/block.js';
export { readKeyList } from '../keys/key-list.js';
export type { KeyProvider } from '../keys/provider.js';
export { tokenKeys } from '../keys/token-keys.js';
export { exportOcsp } from '../ocsp/export.js';
export { createOcspResponder } from '../ocsp/responder.js';
export {
  allowedWords,
  officeOf,
  officeSettingNames,
  officeSettings,
  setOffice,
} from '../office/settings.js';
export { demoMunicipalities, findMunicipality, type Municipality } from '../places.js';
export type { CertificateRecord, ListFilter, ResidentRecord } from '../queries.js';
export { caReasons } from '../reasons.js';
export { applyEvents } from '../register/apply-events.js';
export { demoRegister } from '../register/demo.js';
export { eventRules, revokedBy } from '../register/event-rules.js';
export { importRegister } from '../register/import.js';
export { demoResidents } from '../residents.js';
export { auditHeadOfCrl } from '../revocation/audit-head.js';
export type { PublishedCrl } from '../revocation/published.js';
export type { RevokeInput, RevokeResult } from '../revocation/revoke.js';
export type { CaStats } from '../stats.js';
