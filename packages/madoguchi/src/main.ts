/** The command line: finds the command by its first words, parses its options, turns every end into an exit code. */
import { parseArgs } from 'node:util';
import { type Command, CommandError, type ExitName, exitCodes } from './cli/command.js';
import { explain } from './cli/explain.js';
import { commands } from './commands/table.js';

function write(stream: NodeJS.WriteStream, line: string): void {
  stream.write(`${line}\n`);
}

function help(list: readonly Command[]): string {
  const lines = list.map((command) => [
    `  madoguchi ${command.name} ${command.usage}`.trimEnd(),
    `      ${command.summary}`,
  ]);
  return [
    'Usage:',
    ...lines.flat(),
    '',
    'Every command takes --help; those with --json print one document on stdout.',
  ].join('\n');
}

function find(words: readonly string[]): { command: Command; rest: string[] } | undefined {
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = commands.find((each) => each.name === name);
    if (command !== undefined && words.length >= length) return { command, rest: words.slice(length) };
  }
  return undefined;
}

async function run(words: readonly string[]): Promise<ExitName> {
  const found = find(words);
  if (found === undefined) {
    const near = commands.filter((command) => command.name.split(' ')[0] === words[0]);
    const asked = words.length === 0 || words[0] === '--help' || words[0] === 'help';
    if (asked) {
      write(process.stdout, help(commands));
      return words.length === 0 ? 'usage' : 'good';
    }
    write(process.stderr, `madoguchi: there is no command “${words.slice(0, 2).join(' ')}”.`);
    write(process.stderr, help(near.length > 0 ? near : commands));
    return 'usage';
  }
  const { command, rest } = found;
  if (rest.includes('--help')) {
    write(process.stdout, help([command]));
    for (const [name, option] of Object.entries(command.options)) {
      write(process.stdout, `      --${name}${option.type === 'string' ? ' VALUE' : ''}`);
    }
    return 'good';
  }
  const parsed = (() => {
    try {
      return parseArgs({ args: rest, options: command.options, allowPositionals: true, strict: true });
    } catch (error) {
      throw new CommandError(
        'usage',
        `${error instanceof Error ? error.message : String(error)}\n${help([command])}`,
      );
    }
  })();
  return command.run({
    values: parsed.values,
    words: parsed.positionals,
    print: (line) => write(process.stdout, line),
    printJson: (value) => write(process.stdout, JSON.stringify(value, null, 2)),
  });
}

/** Runs one command line and sets the process's exit code (it does not call `process.exit`, so output is never cut). */
export async function main(words: readonly string[]): Promise<void> {
  // A reader that went away (`| head`, a closed terminal) must not cut the work short: the stop is told by signals.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    process.exitCode = exitCodes[await run(words)];
  } catch (error) {
    const known = explain(error);
    if (known !== undefined) {
      for (const line of known.lines) write(process.stderr, `madoguchi: ${line}`);
      process.exitCode = exitCodes[known.exit];
      return;
    }
    write(
      process.stderr,
      `madoguchi: a defect of ours: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (process.env.MADOGUCHI_DEBUG !== undefined && error instanceof Error) {
      write(process.stderr, error.stack ?? '');
    }
    process.exitCode = exitCodes.defect;
  }
}
