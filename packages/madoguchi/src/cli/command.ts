/**
 * What a command is, and how a command ends. Every command is an entry of the table plus options and one function; `main.ts` finds it by
 * its words.
 */
import type { ParseArgsConfig } from 'node:util';

/** The exit codes other programs rely on. */
export const exitCodes = {
  good: 0,
  no: 1,
  undecided: 2,
  usage: 64,
  unavailable: 69,
  defect: 70,
  refused: 77,
} as const;

export type ExitName = keyof typeof exitCodes;

/** A command's way to stop with a sentence for the person at the terminal and the exit code that goes with it. */
export class CommandError extends Error {
  readonly exit: ExitName;

  constructor(exit: ExitName, message: string) {
    super(message);
    this.name = 'CommandError';
    this.exit = exit;
  }
}

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** Values as `parseArgs` gives them: a string, a flag, or a list where the option may be repeated. */
export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

interface CommandInput {
  values: Values;
  words: string[];
  /** Writes a line for the person; with `--json` nothing but the document reaches stdout. */
  print: (line: string) => void;
  /** Writes the one JSON document of `--json`. */
  printJson: (value: unknown) => void;
}

export interface Command {
  options: OptionTable;
  /** More lines for its help, below the options. */
  more?: () => readonly string[];
  /** Exit code by name; throws `CommandError` for everything that stops it. */
  run: (input: CommandInput) => Promise<ExitName>;
}

/** What the help knows of a command before its code is loaded. */
export interface CommandEntry {
  /** The words that call it, e.g. `card create`. */
  name: string;
  /** How many words may follow the name besides options; default none. */
  words?: number;
  /** Whatever stands behind the name is ignored: for a command that others call with words we do not trust. */
  deaf?: boolean;
  /** What stands after the words in the help. */
  usage: string;
  summary: string;
  load: () => Promise<Command>;
}

/** A required option's text; ends the command as wrong usage when it is missing. */
export function required(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new CommandError('usage', `--${name} is missing.`);
  return value;
}

export function optional(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A TCP port from an option, 0 included (the system chooses). */
export function portOption(values: Values, name: string, fallback: number): number {
  const text = optional(values, name);
  if (text === undefined) return fallback;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new CommandError('usage', `--${name} is ${text}: a port is a number from 0 to 65535.`);
  }
  return port;
}

/** The texts of an option that may be repeated. */
export function listOption(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
