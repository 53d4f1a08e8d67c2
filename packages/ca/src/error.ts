/** The same sentence for three kinds of readers. */
export interface Sentence {
  readonly ja: string;
  readonly jaEasy: string;
  readonly en: string;
}

/**
 * The one error of this room's edge. `rule` names what refused, for programs; `words` say it to people and what to do next;
 * `exitCode` is what a command line ends with (64 wrong usage, 69 something is not there, 77 refused, 70 a defect of ours).
 */
export class CaError extends Error {
  readonly rule: string;
  readonly words: Sentence;
  readonly exitCode: number;

  constructor(rule: string, words: Sentence, exitCode = 64) {
    super(words.en);
    this.name = 'CaError';
    this.rule = rule;
    this.words = words;
    this.exitCode = exitCode;
  }
}

/** A defect of ours or of a signer, in words: what was about to leave is held back. */
export function defect(rule: string, detail: string): CaError {
  return new CaError(
    rule,
    {
      ja: `認証局の内部で誤りが見つかり、発行を止めました（${detail}）。担当者に知らせてください。`,
      jaEasy: '{中|なか}で まちがいが みつかりました。{係|かかり}の{人|ひと}に {知|し}らせて ください。',
      en: `The authority found a fault of its own and stopped: ${detail}. Please tell the operator.`,
    },
    70,
  );
}
