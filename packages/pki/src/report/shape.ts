/** The shape of a JSON document: what may stand where. One description checks a document and gives its JSON Schema. */
export type Shape =
  | {
      readonly kind: 'text';
      readonly allowed: string;
      readonly pattern?: RegExp;
      /** What a pattern cannot say. */
      readonly holds?: (text: string) => boolean;
    }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'list'; readonly of: Shape }
  /** Names chosen by the writer; `names` limits them. */
  | {
      readonly kind: 'record';
      readonly of: Shape;
      readonly names?: Shape & { readonly kind: 'text' | 'choice' };
    }
  | ObjectShape
  | { readonly kind: 'either'; readonly of: readonly ObjectShape[] };

export interface ObjectShape {
  readonly kind: 'object';
  readonly required: Readonly<Record<string, Shape>>;
  readonly optional?: Readonly<Record<string, Shape>>;
  /** Members that are not named here are faults; default false, since later versions may add some. */
  readonly closed?: boolean;
  readonly note?: string;
}

/** One departure from a shape, for a sentence: where, what stands there, what may. */
export interface ShapeFault {
  /** Names and numbers joined by dots; empty: the document itself. */
  readonly place: string;
  /** What was found, shortened. */
  readonly found: string;
  readonly allowed: string;
}

const largest = Number.MAX_SAFE_INTEGER;

export const text = (allowed: string, pattern?: RegExp, holds?: (text: string) => boolean) =>
  ({
    kind: 'text',
    allowed,
    ...(pattern === undefined ? {} : { pattern }),
    ...(holds === undefined ? {} : { holds }),
  }) as const;
export const choice = (...of: string[]) => ({ kind: 'choice', of }) as const;
export const whole = (least = 0, most = largest) => ({ kind: 'number', least, most }) as const;
export const flag = { kind: 'flag' } as const;
export const list = (of: Shape) => ({ kind: 'list', of }) as const;

/** More than this tells nobody anything. */
const mostFaults = 20;

/** Every departure of a parsed JSON document from a shape, at most twenty, in the document's order. Never throws. */
export function shapeFaults(value: unknown, shape: Shape): ShapeFault[] {
  const faults: ShapeFault[] = [];
  visit(value, shape, '', faults);
  return faults.slice(0, mostFaults);
}

function visit(value: unknown, shape: Shape, place: string, faults: ShapeFault[]): void {
  if (faults.length >= mostFaults) return;
  const wrong = () => faults.push({ place, found: shortened(value), allowed: allowedOf(shape) });
  switch (shape.kind) {
    case 'text':
      if (typeof value !== 'string' || shape.pattern?.test(value) === false || shape.holds?.(value) === false)
        wrong();
      return;
    case 'choice':
      if (typeof value !== 'string' || !shape.of.includes(value)) wrong();
      return;
    case 'number':
      if (
        typeof value !== 'number' ||
        !Number.isSafeInteger(value) ||
        value < shape.least ||
        value > shape.most
      )
        wrong();
      return;
    case 'flag':
      if (typeof value !== 'boolean') wrong();
      return;
    case 'list':
      if (!Array.isArray(value)) wrong();
      else for (const [index, each] of value.entries()) visit(each, shape.of, at(place, index), faults);
      return;
    case 'record':
      if (!isRecord(value)) {
        wrong();
        return;
      }
      for (const [name, each] of Object.entries(value)) {
        if (shape.names !== undefined) visit(name, shape.names, at(place, name), faults);
        visit(each, shape.of, at(place, name), faults);
      }
      return;
    case 'object':
      visitObject(value, shape, place, faults);
      return;
    case 'either': {
      const best = shape.of
        .map((each) => ({ each, fits: shapeFaults(value, each) }))
        .sort((a, b) => a.fits.length - b.fits.length)[0];
      if (best === undefined || best.fits.length === 0) return;
      if (isRecord(value)) visitObject(value, best.each, place, faults);
      else wrong();
    }
  }
}

function visitObject(value: unknown, shape: ObjectShape, place: string, faults: ShapeFault[]): void {
  if (!isRecord(value)) {
    faults.push({ place, found: shortened(value), allowed: allowedOf(shape) });
    return;
  }
  const { required, optional = {} } = shape;
  for (const [name, inner] of Object.entries(required)) {
    if (Object.hasOwn(value, name)) visit(value[name], inner, at(place, name), faults);
    else faults.push({ place: at(place, name), found: 'nothing', allowed: allowedOf(inner) });
  }
  for (const [name, inner] of Object.entries(optional)) {
    if (Object.hasOwn(value, name)) visit(value[name], inner, at(place, name), faults);
  }
  if (shape.closed !== true) return;
  const known = [...Object.keys(required), ...Object.keys(optional)];
  for (const name of Object.keys(value)) {
    if (!known.includes(name))
      faults.push({
        place: at(place, name),
        found: 'an unknown member',
        allowed: `one of ${known.join(', ')}`,
      });
  }
}

const at = (place: string, name: string | number) => (place === '' ? String(name) : `${place}.${name}`);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shortened(value: unknown): string {
  const written = JSON.stringify(value) ?? 'nothing';
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}

function allowedOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return shape.allowed;
    case 'choice':
      return `one of ${shape.of.join(', ')}`;
    case 'number':
      return shape.most === largest
        ? `a whole number from ${shape.least}`
        : `a whole number from ${shape.least} to ${shape.most}`;
    case 'flag':
      return 'true or false';
    case 'list':
      return `a list, each ${allowedOf(shape.of)}`;
    case 'record':
    case 'object':
      return 'an object';
    case 'either':
      return 'an object of one of the known kinds';
  }
}

/** The same shape as JSON Schema 2020-12. */
export function jsonSchema(shape: Shape): Record<string, unknown> {
  switch (shape.kind) {
    case 'text':
      return {
        type: 'string',
        description: shape.allowed,
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern.source }),
      };
    case 'choice':
      return { enum: [...shape.of] };
    case 'number':
      return {
        type: 'integer',
        minimum: shape.least,
        ...(shape.most === largest ? {} : { maximum: shape.most }),
      };
    case 'flag':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: jsonSchema(shape.of) };
    case 'record':
      return {
        type: 'object',
        additionalProperties: jsonSchema(shape.of),
        ...(shape.names === undefined ? {} : { propertyNames: jsonSchema(shape.names) }),
      };
    case 'either':
      return { anyOf: shape.of.map(jsonSchema) };
    case 'object': {
      const { required, optional = {} } = shape;
      const properties = Object.entries({ ...required, ...optional }).map(
        ([name, inner]) => [name, jsonSchema(inner)] as const,
      );
      return {
        type: 'object',
        ...(shape.note === undefined ? {} : { description: shape.note }),
        properties: Object.fromEntries(properties),
        required: Object.keys(required),
        ...(shape.closed === true ? { additionalProperties: false } : {}),
      };
    }
  }
}
