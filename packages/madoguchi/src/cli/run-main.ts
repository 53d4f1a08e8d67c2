/** How a table of commands becomes a command line: finds the command by its first words, parses its options, turns every end into an exit code. */
import { subscribe } from 'node:diagnostics_channel';
import { parseArgs } from 'node:util';
import { type Command, type CommandEntry, CommandError, type ExitName, exitCodes } from './command.js';
import { optionWords } from './option-words.js';

function write(stream: NodeJS.WriteStream, line: string): void {
  stream.write(`${line}\n`);
}

function help(list: readonly CommandEntry[]): string {
  const lines = list.map((entry) => [
    `  madoguchi ${entry.name} ${entry.usage}`.trimEnd(),
    `      ${entry.summary}`,
  ]);
  return ['Usage:', ...lines.flat()].join('\n');
}

function fullHelp(commands: readonly CommandEntry[]): string {
  return [
    'Madoguchi 窓口: the online counter of JPKI, its card, authority, agency and signing agent.',
    help(commands),
    '',
    'madoguchi COMMAND --help explains its options. With --json, one document goes to standard output and nothing else.',
    'A PIN comes from the prompt, --pin-file or --pin-env, never from an argument.',
    'Exit codes: 0 good, 1 the answer is no, 2 undecided, 64 wrong usage, 69 something needed is not there, 70 a defect of ours, 77 refused.',
  ].join('\n');
}

function optionLines({ options }: Command): string[] {
  return Object.entries(options).map(([name, { type, short }]) => {
    const head = `${short === undefined ? '' : `-${short}, `}--${name}${type === 'string' ? ' VALUE' : ''}`;
    return `  ${head.padEnd(22)}  ${optionWords[name] ?? ''}`.trimEnd();
  });
}

function find(
  commands: readonly CommandEntry[],
  words: readonly string[],
): { entry: CommandEntry; rest: string[] } | undefined {
  for (const length of [3, 2, 1]) {
    const name = words.slice(0, length).join(' ');
    const entry = commands.find((each) => each.name === name);
    if (entry !== undefined && words.length >= length) return { entry, rest: words.slice(length) };
  }
  return undefined;
}

/** No command: help that was asked for is good, anything else is wrong usage. */
function withoutCommand(commands: readonly CommandEntry[], words: readonly string[]): ExitName {
  const [first] = words;
  const near = commands.filter((entry) => entry.name.split(' ')[0] === first);
  const asked = first === undefined || first === '--help' || first === '-h' || first === 'help';
  if (asked || (near.length > 0 && words[1] === '--help')) {
    write(process.stdout, asked ? fullHelp(commands) : help(near));
    return first === undefined ? 'usage' : 'good';
  }
  const more = near.length > 0 ? words[1] : undefined;
  const fault =
    near.length > 0 && more === undefined
      ? `“${first}” is the beginning of these commands.`
      : `there is no command “${more === undefined ? first : `${first} ${more}`}”.`;
  write(process.stderr, `madoguchi: ${fault}`);
  write(process.stderr, near.length > 0 ? help(near) : 'madoguchi --help lists the commands.');
  return 'usage';
}

/** What `parseArgs` says, without ever repeating a value: it may be a PIN. */
function parse(entry: CommandEntry, command: Command, args: string[]) {
  const wrong = (what: string) => new CommandError('usage', `${what}\n${help([entry])}`);
  try {
    const { values, positionals } = parseArgs({
      args,
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    if (positionals.length > (entry.words ?? 0))
      throw wrong(`there are more words behind “${entry.name}” than it takes.`);
    return { values, words: positionals };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const option = /'([^']*?)[ '=<]/.exec(error instanceof Error ? error.message : '')?.[1] ?? '';
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      if (/pin|password/i.test(option))
        throw wrong('a PIN is never given as an argument: use the prompt, --pin-file or --pin-env.');
      throw wrong(`${option} is not an option of “${entry.name}”.`);
    }
    throw wrong(
      code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
        ? `the value of ${option || 'an option'} is missing, or it takes none.`
        : 'the options cannot be read.',
    );
  }
}

async function run(commands: readonly CommandEntry[], words: readonly string[]): Promise<ExitName> {
  if (words[0] === '--version') {
    const { agentVersion } = await import('@madoguchi/client/card');
    write(process.stdout, agentVersion);
    return 'good';
  }
  const found = find(commands, words);
  if (found === undefined) return withoutCommand(commands, words);
  const { entry, rest } = found;
  const command = await entry.load();
  if (entry.deaf !== true && (rest.includes('--help') || rest.includes('-h'))) {
    write(
      process.stdout,
      [help([entry]), '', ...optionLines(command), ...(command.more?.() ?? [])].join('\n'),
    );
    return 'good';
  }
  const given = entry.deaf === true ? { values: {}, words: [] } : parse(entry, command, rest);
  return command.run({
    ...given,
    print: (line) => write(process.stdout, line),
    printJson: (value) => write(process.stdout, JSON.stringify(value, null, 2)),
  });
}

/**
 * Runs one command line and sets the process's exit code. The process ends by itself, so that output is never cut; where readers are listened to
 * it would not, and is ended as soon as all output is out.
 */
export async function runMain(commands: readonly CommandEntry[], words: readonly string[]): Promise<void> {
  // A reader that went away (`| head`, a closed terminal) must not cut the work short: the stop is told by signals.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  let isListening = false;
  // By name: whoever needs no reader shall not load the client for this question.
  subscribe('madoguchi:listening', () => {
    isListening = true;
  });
  process.exitCode = exitCodes[await outcome(commands, words)];
  if (!isListening) return;
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  process.exit();
}

async function outcome(commands: readonly CommandEntry[], words: readonly string[]): Promise<ExitName> {
  try {
    return await run(commands, words);
  } catch (error) {
    const known =
      error instanceof CommandError
        ? { exit: error.exit, lines: [error.message] }
        : (await import('./explain.js')).explain(error);
    if (known !== undefined) {
      for (const line of known.lines) write(process.stderr, `madoguchi: ${line}`);
      return known.exit;
    }
    write(
      process.stderr,
      `madoguchi: a defect of ours: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (process.env.MADOGUCHI_DEBUG !== undefined && error instanceof Error) {
      write(process.stderr, error.stack ?? '');
    }
    return 'defect';
  }
}
