/** A sentence for the reader in three registers: Japanese, easy Japanese (やさしい日本語), English. */
export interface Words {
  readonly ja: string;
  readonly jaEasy: string;
  readonly en: string;
}
