export { type AgencyAppOptions, agencyApp } from './app.js';
export { type Archive, caseBundle } from './archive/bundle.js';
export { beginCare, careTasks, recordKeys } from './archive/care.js';
export { casesToErase, eraseDue, holdCase, type Retention } from './archive/retention.js';
export { stampFromUrl } from './archive/stamps.js';
export { clamdScanner } from './attachments/scanner.js';
export { joinFormerChain } from './cases/audit-chain.js';
export {
  addOfficer,
  createDeskLink,
  type DeskOptions,
  deskRoutes,
  isRole,
  listDepartments,
  listOfficers,
  type OfficerRow,
  type RoleRow,
  removeOfficer,
  roles,
  setDepartment,
} from './desk/index.js';
export type { Limits } from './limits/limit.js';
export { importLinks, type LinkFault } from './links/import.js';
export { residentLinks } from './links/resident-links.js';
export type { LoginSite } from './login/options.js';
export type { MailSender } from './mail/sender.js';
export { folderSender, smtpSender } from './mail/smtp.js';
export {
  loadVariants,
  matchKana,
  type Rung,
  type Sex,
  type Variants,
} from './matching/index.js';
export { agencyMigrations } from './migrations.js';
export { cardTlsApp } from './my/card-tls.js';
export type {
  AgencyConfig,
  AgencyKeys,
  LoadedProcedure,
  Log,
  ReceptionOptions,
  Staple,
  VerifyCaseInput,
} from './options.js';
export { openVariantTable } from './own-variants/table.js';
export { typeset } from './print/typeset.js';
export { demoProcedures, type Level, loadProcedures, ProcedureError, readProcedure } from './procedures.js';
export { ocspStaple } from './requests/staple.js';
export { type Reception, receptionTasks } from './tasks.js';
export {
  type CitizenTrust,
  httpRevocation,
  putResident,
  type Resident,
  type ResidentRegister,
  type RevocationFinder,
  type RevocationFindings,
  type RevocationPlaces,
  recheck,
  residentRegister,
  type Verification,
  verificationTasks,
  verifyCase,
} from './verification/index.js';
