import type postgres from 'postgres';

/**
 * What the driver's query (postgres 3.4.9, src/query.js) holds beside the promise. It is built when it is written and handed to its
 * `handler` when it is first awaited; as long as nothing handed it on, it has certainly never run.
 */
export interface DriverQuery extends Promise<unknown> {
  handler: (query: DriverQuery) => void;
  resolve: (rows: unknown) => void;
  reject: (error: unknown) => void;
  readonly cancelled: unknown;
  readonly cursorFn?: unknown;
}

/** What a pool, a reserved connection and a transaction pass on as it is: values, lists and names for a query's text. */
const passedOn = new Set(['typed', 'types', 'json', 'array', 'options', 'parameters']);

/**
 * The driver's way of writing queries, whose queries go to `handle` instead of where `written` would send them. What the driver offers
 * beyond that (copies, large objects, subscriptions) is not there.
 */
export function sqlOver(
  written: postgres.Sql,
  handle: (query: DriverQuery) => void,
  more: Readonly<Record<string, unknown>> = {},
): postgres.Sql {
  const own = (made: unknown): unknown => {
    // A name or a list is no query.
    if (isQuery(made)) made.handler = handle;
    return made;
  };
  const parts: Readonly<Record<string | symbol, unknown>> = {
    unsafe: (...given: Parameters<typeof written.unsafe>) => own(written.unsafe(...given)),
    ...more,
  };
  return new Proxy(written, {
    apply: (target, self, given) => own(Reflect.apply(target as never, self, given)),
    get: (target, key) =>
      Object.hasOwn(parts, key)
        ? parts[key]
        : passedOn.has(String(key))
          ? Reflect.get(target, key)
          : undefined,
  });
}

function isQuery(made: unknown): made is DriverQuery {
  return made instanceof Promise && 'handler' in made && typeof made.handler === 'function';
}
