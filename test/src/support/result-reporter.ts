import type { TestEvent } from 'node:test/reporters';

/** One finished test of a run in another process, as a line of JSON. */
export interface TestResult {
  readonly name: string;
  readonly nesting: number;
  readonly passed: boolean;
  readonly skip: string | undefined;
  /** Why it failed, with the stack. */
  readonly fault: string | undefined;
}

/** What node:test says of an error that belongs to no test any more; the run ends with 1. */
export interface StrayError {
  readonly stray: string;
}

function faultOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

/** For `node --test-reporter`: hands the results to the process that started the run. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === 'test:diagnostic' && /generated asynchronous activity/.test(event.data.message)) {
      const stray: StrayError = { stray: event.data.message };
      yield `${JSON.stringify(stray)}\n`;
    }
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, nesting, skip } = event.data;
    const result: TestResult = {
      name,
      nesting,
      passed: event.type === 'test:pass',
      skip: skip === undefined || skip === false ? undefined : String(skip),
      fault: event.type === 'test:fail' ? faultOf(event.data.details.error) : undefined,
    };
    yield `${JSON.stringify(result)}\n`;
  }
}
