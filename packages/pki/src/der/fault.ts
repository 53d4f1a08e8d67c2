/** The answer of every reader here: a value, or the name of the broken rule and the byte where it broke. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; rule: string; offset: number };

/**
 * A broken rule on its way out of nested readers. It never leaves a public function: `attempt` turns it into a value.
 * `offset` counts bytes from the start of the buffer that the reader was given.
 */
export class DerFault extends Error {
  readonly rule: string;
  readonly offset: number;

  constructor(rule: string, offset: number) {
    super(rule);
    this.rule = rule;
    this.offset = offset;
  }
}

/** Stops the reader in progress. */
export function fail(rule: string, offset: number): never {
  // A stack trace costs more than the parse itself, and hostile input would make us pay it.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const fault = new DerFault(rule, offset);
  Error.stackTraceLimit = limit;
  throw fault;
}

/** Runs a reader and returns its value or its broken rule. Anything else that is thrown is a defect of ours and passes. */
export function attempt<T>(read: () => T): Parsed<T> {
  try {
    return { ok: true, value: read() };
  } catch (fault) {
    if (fault instanceof DerFault) return { ok: false, rule: fault.rule, offset: fault.offset };
    throw fault;
  }
}
