/** What a log may hold of a defect: where, not what, as messages of libraries may quote a person's data. */
export function defectOf(error: unknown): { error: string; where: string[] } {
  if (!(error instanceof Error)) return { error: 'unknown', where: [] };
  const code =
    'code' in error && typeof error.code === 'string' && /^\w{1,40}$/.test(error.code)
      ? ` ${error.code}`
      : '';
  const frames = (error.stack ?? '').split('\n').map((line) => line.trim());
  return {
    error: `${error.name}${code}`,
    where: frames.filter((line) => line.startsWith('at ')).slice(0, 5),
  };
}
