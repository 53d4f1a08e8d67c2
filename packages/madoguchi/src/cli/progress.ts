/** Progress for a person at a terminal, on standard error; nothing where nobody is looking. */
export interface Progress {
  /** `what` is being done, `done` of all are ready. */
  show(done: number, what: string): void;
  /** Takes the line away: what is printed next stands on a line of its own. */
  clear(): void;
}

export function progress(total: number): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || total < 2) return { show: () => {}, clear: () => {} };
  const fresh = '\r\u001b[K';
  return {
    show: (done, what) => {
      stderr.write(`${fresh}[${done}/${total}] ${what}${done === total ? '\n' : ''}`);
    },
    clear: () => {
      stderr.write(fresh);
    },
  };
}
