export { arrayOf } from './arrays.js';
export {
  type AuditEntry,
  type AuditHead,
  type AuditRule,
  type AuditVerdict,
  appendAudit,
  auditHead,
  auditTail,
  listAuditChains,
  saltedDigest,
  verifyAudit,
} from './audit.js';
export { joinAuditChain, joinedHead } from './audit-join.js';
export { type BackupSummary, writeBackup } from './backup/backup.js';
export { type RestoreSummary, restoreBackup } from './backup/restore.js';
export { type Database, type OpenOptions, openDatabase, type Sql, type Tx } from './database.js';
export { type Sentence, StoreError, type StoreRule } from './error.js';
export {
  type DataFolder,
  dataFolder,
  type Run,
  readRun,
  writeAddresses,
  writeFileAtomically,
} from './folder.js';
export { gather, type Outcome } from './gather.js';
export { type EnqueueOptions, enqueue, type Jobs, type JobsOptions, startJobs, type Task } from './jobs.js';
export { type Keystore, type KeystoreOptions, openKeystore } from './keystore.js';
export { withAdvisoryLock } from './lock.js';
export { type Migrations, migrate } from './migrate.js';
export { openToken } from './pkcs11/token.js';
export type { Token, TokenOptions, TokenPublicKey } from './pkcs11/token-here.js';
export { isAlive, startMark } from './process.js';
export { isSecret, newSecret, sameSecret, secretDigest } from './secret.js';
export { isUuid } from './uuid.js';
export {
  carriesCsrf,
  closeWebSession,
  createWebLink,
  openWebSession,
  readWebSession,
  type WebSession,
} from './web-sessions.js';
