export { type AgencyAppOptions, agencyApp } from './app.js';
export { clamdScanner } from './attachments/scanner.js';
export { joinFormerChain } from './cases/audit-chain.js';
export { type DeskOptions, deskRoutes } from './desk/index.js';
export * from './doors/archive.js';
export * from './doors/desk.js';
export type { Limits } from './limits/limit.js';
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
export { cardTlsApp } from './my/card-tls.js';
export type {
  AgencyConfig,
  LoadedProcedure,
  Log,
  ReceptionOptions,
  Staple,
  VerifyCaseInput,
} from './options.js';
export { openVariantTable } from './own-variants/table.js';
export { typeset } from './print/typeset.js';
export { loadProcedures, ProcedureError, readProcedure } from './procedures.js';
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
