/** Progress for a person at a terminal, on standard error; nothing where nobody is looking. */
export function progress(total: number): (done: number, what: string) => void {
  const { stderr } = process;
  if (!stderr.isTTY || total < 2) return () => {};
  return (done, what) => stderr.write(`\r\u001b[K[${done}/${total}] ${what}${done === total ? '\n' : ''}`);
}
