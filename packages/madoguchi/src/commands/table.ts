import type { CommandEntry } from '../cli/command.js';
import { clerkCommands } from './clerk-table.js';
import { holderCommands } from './holder-table.js';

/** Every command there is, in the order of the help. Code is loaded when it is called: the help needs neither database nor fonts. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'start',
    usage:
      '[--data DIR] [--port N] [--agent-port N] [--no-agent] [--agencies DIR] [--renewal-days N] [--no-open]',
    summary: 'Start the whole demo on this machine: portal, city, authority, agent, card.',
    load: async () => (await import('./start.js')).start,
  },
  {
    name: 'serve',
    words: 1,
    usage: 'agency|portal|ca|agent [--config FILE] [--data DIR] [--trust DIR (agent)] [--port N]',
    summary: 'Run one room alone, over the data folder or DATABASE_URL.',
    load: async () => (await import('./serve.js')).serve,
  },
  ...holderCommands,
  {
    name: 'card create',
    usage:
      '--ca DIR --name S --address S --birth YYYY-MM-DD --sex male|female|other|unknown --municipality CODE5 --auth-pin-env V --sign-pin-env V [--medium my-number-card|jukicard|android|iphone|next-card] [--set NAME=VALUE…] -o FILE',
    summary: 'Make a virtual card for an invented person; its keys are generated inside.',
    load: async () => (await import('./card-create.js')).cardCreate,
  },
  {
    name: 'card order',
    usage: '--municipality CODE5 --resident NUMBER [--data DIR] [--json]',
    summary:
      'Make a virtual card for a resident of the register, without certificates: the counter writes them when it lies in a reader.',
    load: async () => (await import('./card-order.js')).cardOrder,
  },
  {
    name: 'card settings',
    usage: '[--json]',
    summary:
      'What real cards or their descriptions differ in: the values of --set, the real card’s first, and who says so.',
    load: async () => (await import('./card-settings.js')).cardSettings,
  },
  {
    name: 'card serve',
    words: 16,
    usage: 'FILE… [--vpcd HOST:PORT] [--set NAME=VALUE…] [--data DIR]',
    summary:
      'Put the card into a PC/SC reader (pcscd with vpcd) until stopped; prints "ready", again when pcscd comes back. More cards go into the next readers.',
    load: async () => (await import('./card-serve.js')).cardServe,
  },
  {
    name: 'match',
    usage: '--certificate FILE --application FILE [--variants FILE…] [--json]',
    summary: 'Compare the 基本4情報 of a certificate with those of an application, item by item.',
    load: async () => (await import('./match.js')).match,
  },
  {
    name: 'procedure check',
    words: 1,
    usage: 'FILE',
    summary: 'Check a procedure definition; every fault with its line and reason.',
    load: async () => (await import('./procedure-check.js')).procedureCheck,
  },
  {
    name: 'portal check',
    words: 1,
    usage: 'DIR',
    summary:
      'Check the portal’s own lists in a folder (news.csv, questions.json, shops.csv, classes.csv, agencies.csv); every fault with its line and reason.',
    load: async () => (await import('./portal-check.js')).portalCheck,
  },
  {
    name: 'portal helper',
    words: 1,
    usage: 'ID [--data DIR] [--origin URL] [--json]',
    summary: 'A one-time link that lets a helper in to the portal’s helpdesk.',
    load: async () => (await import('./portal-links.js')).portalHelper,
  },
  {
    name: 'portal admin',
    words: 1,
    usage: 'ID [--data DIR] [--origin URL] [--json]',
    summary:
      'A one-time link that lets an operator change the portal’s texts and lists, with preview and undo.',
    load: async () => (await import('./portal-links.js')).portalAdmin,
  },
  {
    name: 'ca init',
    usage: '--data DIR [--scheme national|prefectures] [--name S] [--key rsa2048|p384]',
    summary:
      'Make a demo authority: the two roots since 2016, or the 47 governors’ authorities of 2008 with their bridges; responders, first CRLs.',
    load: async () => (await import('./ca.js')).caInit,
  },
  {
    name: 'ca issue',
    usage:
      '--data DIR --csr FILE --profile signature|authentication|agency|encryption|ocsp|tsa [--name S --address S --birth YYYY-MM-DD --sex X --municipality CODE5] [--agency-code C --agency-name S --hosts A,B] [--authority ID] [-o FILE] [--json]',
    summary: 'Issue a certificate for a PKCS#10 request.',
    load: async () => (await import('./ca.js')).caIssue,
  },
  {
    name: 'ca rollover',
    usage: '--data DIR --kind sign|auth|agency|tsa|… [--prefecture CODE2] [--from TIME] [--json]',
    summary:
      'The next generation of an authority: a new key under the same name, link certificates both ways, its own lists.',
    load: async () => (await import('./ca.js')).caRollOver,
  },
  {
    name: 'ca revoke',
    usage: '--data DIR --serial HEX --reason NAME [--json]',
    summary: 'Revoke a certificate: OCSP says so at once, its CRL is published again.',
    load: async () => (await import('./ca.js')).caRevoke,
  },
  {
    name: 'ca crl',
    usage: '--data DIR -o DIR [--partition NAME]',
    summary: 'Publish all due revocation lists and write them to a folder.',
    load: async () => (await import('./ca.js')).caCrl,
  },
  {
    name: 'ca ocsp',
    usage: '--data DIR -o DIR [--signature]',
    summary:
      'Write signed OCSP answers as files for a web server or CDN, at the paths that clients ask by GET; they live for an hour.',
    load: async () => (await import('./ca.js')).caOcsp,
  },
  {
    name: 'ca block-keys',
    words: 1,
    usage: 'FILE --why TEXT --data DIR [--revoke] [--json]',
    summary:
      'Put keys that others know (weak, leaked) on the list of those that get no certificate: SHA-256 of the key in hex, or PEM.',
    load: async () => (await import('./ca-keys.js')).caBlockKeys,
  },
  {
    name: 'ca list',
    usage: '--data DIR [--profile P] [--authority ID] [--municipality CODE5] [--limit N] [--json]',
    summary: 'The issue record, newest first: serial number, profile, authority, place, status, end.',
    load: async () => (await import('./ca.js')).caList,
  },
  {
    name: 'ca show',
    usage: '--data DIR --serial HEX [--json]',
    summary: 'One certificate of the issue record.',
    load: async () => (await import('./ca.js')).caShow,
  },
  {
    name: 'ca stats',
    usage: '--data DIR [--json]',
    summary: 'Certificates issued and revoked, by kind and month.',
    load: async () => (await import('./ca.js')).caStats,
  },
  {
    name: 'backup',
    words: 1,
    usage: '--data DIR FILE [--json]',
    summary:
      'Write everything of a data folder into one file: tables as of one moment, sealed keys, cards. Works while it runs.',
    load: async () => (await import('./backup.js')).backup,
  },
  {
    name: 'restore',
    words: 1,
    usage: '--data DIR FILE [--json]',
    summary: 'Restore a backup into an empty folder; it is checked before anything is kept.',
    load: async () => (await import('./backup.js')).restore,
  },
  {
    name: 'ca register',
    words: 1,
    usage: 'FILE --data DIR [--json]',
    summary:
      'Take people into the resident register of the counter (CSV or JSON): the whole file, or nothing with every fault by its line.',
    load: async () => (await import('./ca-register.js')).caRegister,
  },
  {
    name: 'ca events',
    words: 1,
    usage: 'FILE --data DIR [--json]',
    summary:
      'Apply register events (CSV: move, name, death …): each changes the register and revokes by rule what it must, at once.',
    load: async () => (await import('./ca-register.js')).caEvents,
  },
  {
    name: 'agency officer add',
    words: 1,
    usage:
      'ID --role reception|examiner|approver|auditor|admin… [--department D…] [--procedure P…] [--office O…] [--agency CODE] [--origin URL] [--data DIR] [--json]',
    summary:
      'Register an officer with these roles (or give one exactly these); prints a one-time link to register their card.',
    load: async () => (await import('./agency-officer.js')).officerAdd,
  },
  {
    name: 'agency officer list',
    usage: '[--agency CODE] [--data DIR] [--json]',
    summary: 'Officers with their roles and how many cards they registered; departments.',
    load: async () => (await import('./agency-officer.js')).officerList,
  },
  {
    name: 'agency officer remove',
    words: 1,
    usage: 'ID [--agency CODE] [--data DIR]',
    summary: 'End an officer: sessions, links and cards open nothing from now on.',
    load: async () => (await import('./agency-officer.js')).officerRemove,
  },
  {
    name: 'agency department',
    words: 1,
    usage: 'ID [--procedure P…] [--agency CODE] [--data DIR]',
    summary: 'Say which procedures a department examines, so that roles can reach over it; none ends it.',
    load: async () => (await import('./agency-officer.js')).agencyDepartment,
  },
  {
    name: 'agency links import',
    words: 1,
    usage: 'FILE [--agency CODE] [--data DIR]',
    summary:
      'Take in which certificate is whose (CSV: issuer_key_id,serial,resident_id, from the resident register); only digests of the numbers are kept.',
    load: async () => (await import('./agency-links.js')).linksImport,
  },
  {
    name: 'agency export',
    words: 1,
    usage: 'RECEIPT [--agency CODE] [--data DIR] -o FILE',
    summary:
      'Write a case with its evidence and time stamps into one signed file (ASiC-E); its README checks it with unzip and OpenSSL.',
    load: async () => (await import('./agency-cases.js')).caseExport,
  },
  {
    name: 'agency hold',
    words: 1,
    usage: 'RECEIPT --reason TEXT [--release] [--agency CODE] [--data DIR]',
    summary: 'Keep a case whatever the rule of retention says, or let it go again; on record.',
    load: async () => (await import('./agency-cases.js')).caseHold,
  },
  {
    name: 'agency retention',
    usage: '[--erase | --on DAY] [--config FILE] [--agency CODE] [--data DIR] [--json]',
    summary:
      'Decided cases whose years are over, or will be on a day to come; --erase erases them now, with a tombstone and an audit entry.',
    load: async () => (await import('./agency-cases.js')).caseRetention,
  },
  {
    name: 'agency key rotate',
    usage: '[--agency CODE] [--data DIR]',
    summary: 'A new decryption key from now on; the old one opens what is still on its way.',
    load: async () => (await import('./agency-key.js')).keyRotate,
  },
  {
    name: 'agency key list',
    usage: '[--agency CODE] [--data DIR] [--json]',
    summary: 'The decryption keys that are kept: the current one and the retired.',
    load: async () => (await import('./agency-key.js')).keyList,
  },
  ...clerkCommands,
  {
    name: 'audit verify',
    usage: '--data DIR [--head LIST.crl|HEAD.json] [--chain NAME] [--json]',
    summary: 'Walk the audit chains; name the first broken link, or a cut tail against a remembered head.',
    load: async () => (await import('./audit.js')).auditVerify,
  },
];
