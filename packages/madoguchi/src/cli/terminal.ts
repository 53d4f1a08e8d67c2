/** A person at the terminal: secrets typed without echo, and questions answered by a word. */
import { CommandError } from './command.js';

/** Can somebody be asked? */
export function hasPerson(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Keys with a meaning of their own. */
const keys = { enter: '\r\n', stop: '\u0003\u0004', back: '\b\u007f', clear: '\u0015' };
/** Arrow and function keys come as escape sequences: they are no characters of a secret. */
const sequences = new RegExp(`${String.fromCharCode(27)}(\\[[0-9;?]*[ -/]*[@-~]|O.)?`, 'g');

/** What the line is after these keys; `end` says how it ended. Exported for its test: a terminal sends several keys at once. */
export function typeKeys(line: string, chunk: string): { line: string; end?: 'enter' | 'stop' } {
  let typed = line;
  for (const key of chunk.replace(sequences, '')) {
    if (keys.enter.includes(key)) return { line: typed, end: 'enter' };
    if (keys.stop.includes(key)) return { line: '', end: 'stop' };
    if (key === keys.clear) typed = '';
    else if (keys.back.includes(key)) typed = [...typed].slice(0, -1).join('');
    else if (key >= ' ') typed += key;
  }
  return { line: typed };
}

/** Asks for a secret; nothing typed is shown. The terminal is put back also when the process ends meanwhile. */
export async function askSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  const restore = () => stdin.setRawMode(false);
  process.once('exit', restore);
  // Before the question: what is typed as soon as it stands there is not shown either.
  stdin.setRawMode(true);
  stderr.write(`${question}: `);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const finish = (act: () => void) => {
        stdin.off('data', onData);
        stdin.off('end', onEnd);
        act();
      };
      const stopped = () =>
        reject(new CommandError('refused', 'やめました。 Stopped; nothing was sent to the card.'));
      const onEnd = () => finish(stopped);
      const onData = (chunk: string) => {
        const { line, end } = typeKeys(typed, chunk);
        typed = line;
        if (end === 'enter') finish(() => resolve(typed));
        if (end === 'stop') finish(stopped);
      };
      stdin.on('data', onData);
      stdin.on('end', onEnd);
    });
  } finally {
    process.off('exit', restore);
    restore();
    stdin.pause();
    stderr.write('\n');
  }
}

/** A question answered by yes (はい, yes, y); anything else is no. */
export async function askYes(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(`${question} [はい/いいえ yes/no]: `);
    return /^(はい|yes|y)$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
