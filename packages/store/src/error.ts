/** One sentence in the three registers every room speaks (plain Japanese, やさしい日本語, English). */
export interface Sentence {
  readonly ja: string;
  readonly jaEasy: string;
  readonly en: string;
}

/** Why there is no database, or no key; in words: StoreError. */
export type StoreRule =
  | 'store.platform'
  | 'store.namespaces'
  | 'store.initdb'
  | 'store.start'
  | 'store.busy'
  | 'store.version'
  | 'store.durability'
  | 'store.encoding'
  | 'store.unreachable'
  | 'store.aborted'
  | 'migration.changed'
  | 'migration.name'
  | 'migration.failed'
  | 'keystore.master'
  | 'keystore.beside'
  | 'keystore.permissions'
  | 'keystore.wrong'
  | 'keystore.name'
  | 'keystore.sealed'
  | 'token.module'
  | 'token.absent'
  | 'token.pin'
  | 'token.fault'
  | 'backup.form'
  | 'backup.folder'
  | 'backup.version'
  | 'backup.database';

/**
 * The one error of this package. `rule` is for programs, `words` for people; `exitCode` is the command line's
 * (69: something needed is not there, 77: refused).
 */
export class StoreError extends Error {
  readonly rule: StoreRule;
  readonly words: Sentence;
  readonly exitCode: 69 | 77;

  constructor(rule: StoreRule, words: Sentence, options: { exitCode?: 69 | 77; cause?: unknown } = {}) {
    super(words.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StoreError';
    this.rule = rule;
    this.words = words;
    this.exitCode = options.exitCode ?? 69;
  }
}
