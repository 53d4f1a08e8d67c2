import type { CommandEntry } from '../cli/command.js';

/** What a holder does with the card: in the whole command line and in the installed client alike. */
export const holderCommands: readonly CommandEntry[] = [
  {
    name: 'doctor',
    usage:
      '[--card FILE | --reader NAME] [--signature] [--ocsp on|off|URL] [--receiver URL…] [--agent-port N] [--fix] [--json]',
    summary:
      'Check this machine step by step: system, reader, driver, client, receiving systems, card, certificates, tries left.',
    load: async () => (await import('./doctor.js')).doctor,
  },
  {
    name: 'readers',
    usage: '[--watch] [--json]',
    summary: 'PC/SC readers, whether a card is in, and what kind of card; --watch tells each change.',
    load: async () => (await import('./readers.js')).readers,
  },
  {
    name: 'card info',
    usage: '[--card FILE | --reader NAME] [--lang ja|ja-easy|en] [--json]',
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
      'sign|auth|sign-ca|auth-ca [--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--pem|--der|--text|--check [--ocsp URL]] [-o FILE]',
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
    name: 'card revoke',
    words: 1,
    usage:
      'sign|auth [--yes] [--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--url AUTHORITY] [--lang ja|ja-easy|en] [--json]',
    summary:
      'Revoke a certificate of your own by its own key (オンライン失効申請), for ever; a new one is made at the counter. A lost card: the telephone; a leak: the counter.',
    load: async () => (await import('./card-revoke.js')).cardRevoke,
  },
  {
    name: 'sign',
    words: 1000,
    usage:
      'FILE… --as asic|asic-s|cades|pdf|xml [--detached] [--element ID] [--into NAME] [--stamp] [--stamp-page N|last] [--stamp-at X,Y] [--field NAME] [--reason TEXT] [--timestamp URL] [--level B|T|LT|LTA] [--trust F…] [--crl F…] [--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--resume] -o OUT',
    summary:
      'Sign files with the card: all in one ASiC-E container, or each by itself; into a file, a folder, or - . A PDF is signed in the form that the registries take (adbe.pkcs7.detached), with --level as PAdES at that level.',
    load: async () => (await import('./sign.js')).sign,
  },
  {
    name: 'verify',
    words: 1,
    usage:
      'FILE [--content F] [--trust F…] [--crl F…] [--ocsp on|off|URL] [--time ISO8601] [--policy NAME|FILE] [--data DIR] [--lang ja|ja-easy|en] [--no-identity] [--evidence OUT] [--json | --report text|html|pdf -o OUT], or --from-evidence F [FILE] …',
    summary:
      'Verify every signature of a container, a CMS message, a PDF or an XML document; without --trust, against the data folder’s authority.',
    load: async () => (await import('./verify.js')).verify,
  },
  {
    name: 'renew',
    words: 1,
    usage:
      '[sign|auth] [--card FILE | --reader NAME] [--url AUTHORITY] [--trust F…] [--auth-pin-env V] [--sign-pin-env V] [--lang ja|ja-easy|en] [--json]',
    summary:
      'Renew the certificates on a card at home, from 90 days before their end: new keys made in the card, the old certificates superseded when the card has changed over. Broken off, the next call goes on.',
    load: async () => (await import('./renew.js')).renew,
  },
  {
    name: 'token create',
    usage:
      '--medium android|iphone [--replace] [--card FILE | --reader NAME] [--pin-file F | --pin-env V] --sign-pin-env V --auth-pin-env V [--url AUTHORITY] [--trust F…] [--lang ja|ja-easy|en] [--json] -o FILE',
    summary:
      'Make a smartphone token from the card’s signature certificate, with PINs of its own; one of a kind. The file stands for the phone: madoguchi sign --card FILE.',
    load: async () => (await import('./token.js')).tokenCreate,
  },
  {
    name: 'token list',
    usage:
      '[--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--url AUTHORITY] [--lang ja|ja-easy|en] [--json]',
    summary: 'The tokens that were made from the card and still count.',
    load: async () => (await import('./token.js')).tokenList,
  },
  {
    name: 'token end',
    usage:
      '--medium android|iphone --why lost|disposed [--card FILE | --reader NAME] [--pin-file F | --pin-env V] [--url AUTHORITY] [--lang ja|ja-easy|en] [--json]',
    summary: 'Revoke the token of a phone that is lost or given away, by the card.',
    load: async () => (await import('./token.js')).tokenEnd,
  },
  {
    name: 'cert show',
    words: 1,
    usage: 'FILE [--lang ja|ja-easy|en] [--json]',
    summary: 'Every field of a certificate in words, then by name; 基本4情報 and substitution flags decoded.',
    load: async () => (await import('./cert-show.js')).certShow,
  },
  {
    name: 'agent install',
    usage: '[--trust DIR] [--portal ORIGIN…] [--counter ORIGIN…] [--json]',
    summary: 'Start the signing agent at login and let madoguchi: addresses wake it; for this user alone.',
    load: async () => (await import('./agent.js')).agentInstall,
  },
  {
    name: 'agent uninstall',
    usage: '[--json]',
    summary: 'Take all of that away again; nothing is left behind.',
    load: async () => (await import('./agent.js')).agentUninstall,
  },
  {
    name: 'agent status',
    usage: '[--agent-port N] [--json]',
    summary: 'Whether the agent runs, starts at login, and is woken by madoguchi: addresses.',
    load: async () => (await import('./agent.js')).agentStatusCommand,
  },
  {
    name: 'agent open',
    usage: '[--no-open]',
    summary:
      'Print and open the start page of the agent that runs for you (environment check, your own files); starts it where it does not run.',
    load: async () => (await import('./agent-open.js')).agentOpen,
  },
  {
    name: 'agent wake',
    deaf: true,
    usage: '',
    summary:
      'What a madoguchi: address calls: starts the agent where it does not run. Takes nothing from the address.',
    load: async () => (await import('./agent.js')).agentWake,
  },
];
