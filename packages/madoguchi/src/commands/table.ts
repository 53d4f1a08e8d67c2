import type { CommandEntry } from '../cli/command.js';

/** Every command there is, in the order of the help. Code is loaded when it is called: the help needs neither database nor fonts. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'start',
    usage: '[--data DIR] [--port N] [--agent-port N] [--no-open]',
    summary: 'Start the whole demo on this machine: portal, city, authority, agent, card.',
    load: async () => (await import('./start.js')).start,
  },
  {
    name: 'serve',
    words: 1,
    usage: 'agency|portal|ca|agent [--config FILE] [--data DIR] [--port N]',
    summary: 'Run one room alone, over the data folder or DATABASE_URL.',
    load: async () => (await import('./serve.js')).serve,
  },
  {
    name: 'doctor',
    usage: '[--card FILE | --reader NAME] [--agent-port N] [--json]',
    summary: 'Check this machine: system, PC/SC, reader, card, certificate, tries left, agent, browser.',
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    name: 'readers',
    usage: '[--watch] [--json]',
    summary: 'PC/SC readers, whether a card is in, and what kind of card; --watch tells each change.',
    load: async () => (await import('./readers.js')).readers,
  },
  {
    name: 'card create',
    usage:
      '--ca DIR --name S --address S --birth YYYY-MM-DD --sex male|female|other|unknown --municipality CODE5 --auth-pin-env V --sign-pin-env V [--medium my-number-card|jukicard|android|iphone|next-card] [--set NAME=VALUE…] -o FILE',
    summary: 'Make a virtual card for an invented person; its keys are generated inside.',
    load: async () => (await import('./card-create.js')).cardCreate,
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
    name: 'card info',
    usage: '[--card FILE | --reader NAME] [--json]',
    summary: 'Kind of card, applications, tries left of each PIN, the end of the authentication certificate.',
    load: async () => (await import('./card-info.js')).cardInfo,
  },
  {
    name: 'card compare',
    usage: '[--card FILE | --reader NAME] [--all] [--json]',
    summary:
      'Compare a card with the virtual one, file by file, and tell what it confirms. Reads only, sends no PIN, prints no personal data.',
    load: async () => (await import('./card-compare.js')).cardCompare,
  },
  {
    name: 'card cert',
    words: 1,
    usage:
      'sign|auth|sign-ca|auth-ca [--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--pem|--der|--text] [-o FILE]',
    summary: 'Read a certificate from the card; the signature certificate needs its password.',
    load: async () => (await import('./card-look.js')).cardCert,
  },
  {
    name: 'card text',
    usage: '[--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--json]',
    summary: 'Read the four basic items (基本4情報) from the input-support application.',
    load: async () => (await import('./card-look.js')).cardText,
  },
  {
    name: 'card apdu',
    words: 100,
    usage: 'HEX… [--card FILE | --reader NAME] [--json]',
    summary: 'Send raw commands in one visit; the status word is told in words. A VERIFY is never shown.',
    load: async () => (await import('./card-apdu.js')).cardApdu,
  },
  {
    name: 'card pin status',
    words: 1,
    usage: '[sign|auth|text] [--card FILE | --reader NAME] [--json]',
    summary: 'Tries left; costs no try.',
    load: async () => (await import('./card-pin.js')).cardPinStatus,
  },
  {
    name: 'card pin change',
    words: 1,
    usage: 'sign|auth|text [--card FILE | --reader NAME] [--pin-file F | --pin-env OLD] [--new-pin-env NEW]',
    summary: 'Change a PIN that is known. A locked PIN is reset at the counter.',
    load: async () => (await import('./card-pin.js')).cardPinChange,
  },
  {
    name: 'card pin unblock',
    words: 1,
    usage: 'sign|auth|text [--card FILE | --reader NAME]',
    summary: 'Where a locked PIN is reset, and what to bring: only a counter can.',
    load: async () => (await import('./card-pin.js')).cardPinUnblock,
  },
  {
    name: 'sign',
    words: 1000,
    usage:
      'FILE… --as asic|asic-s|cades [--detached] [--timestamp URL] [--level B|T|LT|LTA] [--trust F…] [--crl F…] [--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--resume] -o OUT',
    summary:
      'Sign files with the card: all in one ASiC-E container, or each by itself; into a file, a folder, or - .',
    load: async () => (await import('./sign.js')).sign,
  },
  {
    name: 'verify',
    words: 1,
    usage:
      'FILE [--content F] [--trust F…] [--crl F…] [--ocsp on|off|URL] [--time ISO8601] [--policy NAME|FILE] [--data DIR] [--lang ja|ja-easy|en] [--no-identity] [--evidence OUT] [--json | --report text|html|pdf -o OUT], or --from-evidence F [FILE] …',
    summary:
      'Verify every signature of a container or a CMS message; without --trust, against the data folder’s authority.',
    load: async () => (await import('./verify.js')).verify,
  },
  {
    name: 'cert show',
    words: 1,
    usage: 'FILE [--json]',
    summary: 'Every field of a certificate; 基本4情報 and substitution flags decoded.',
    load: async () => (await import('./cert-show.js')).certShow,
  },
  {
    name: 'match',
    usage: '--certificate FILE --application FILE [--json]',
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
    name: 'ca init',
    usage: '--data DIR [--scheme national] [--name S] [--key rsa2048|p384]',
    summary:
      'Make a demo authority: roots for signature and authentication, a root for agencies, responders, first CRLs.',
    load: async () => (await import('./ca.js')).caInit,
  },
  {
    name: 'ca issue',
    usage:
      '--data DIR --csr FILE --profile agency|encryption|ocsp|tsa [--agency-code C --agency-name S --hosts A,B] [--authority ID] [-o FILE]',
    summary: 'Issue a certificate for a PKCS#10 request.',
    load: async () => (await import('./ca.js')).caIssue,
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
    name: 'ca list',
    usage: '--data DIR [--json]',
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
    name: 'audit verify',
    usage: '--data DIR [--chain NAME] [--head F] [--json]',
    summary: 'Walk the audit chains; name the first broken link, or a cut tail against a remembered head.',
    load: async () => (await import('./audit.js')).auditVerify,
  },
];
