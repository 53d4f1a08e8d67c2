import { explainCheck, explainFinding } from '@madoguchi/pki';
import type { Words } from '@madoguchi/ui';
import type { Light, LightCheck, Lights } from './lights.js';
import { comparisonLabels, identityWords, lightWords } from './words.js';

/** A sentence of our own tables by its name; in a detail, where any text may stand, under a key. */
type StoredText = Words | string;
interface StoredCheck extends Omit<LightCheck, 'label' | 'detail'> {
  readonly label: StoredText;
  readonly detail: LightCheck['detail'] | { readonly words: string };
}
type Stored<L extends Light> = Omit<L, 'sentence' | 'checks'> & {
  readonly sentence: StoredText;
  readonly checks: readonly StoredCheck[];
};
/** The three lights as they are kept: what was found, and the words of our own tables by name, since they would be nine tenths of it. Whole words, as kept before, are read as well. */
export type StoredLights = { readonly [K in keyof Lights]: Stored<Lights[K]> };

const fixed = new Map<string, Words>([
  ...Object.entries(lightWords).map(([name, words]) => [`light.${name}`, words] as const),
  ...Object.entries(identityWords.against).map(([name, words]) => [`against.${name}`, words] as const),
  ...Object.entries(identityWords.basis).map(([name, words]) => [`basis.${name}`, words] as const),
  ['link', identityWords.link],
  ...Object.entries(comparisonLabels).flatMap(([against, fields]) =>
    Object.entries(fields).map(([field, words]) => [`compared.${against}.${field}`, words] as const),
  ),
]);
const names = new Map([...fixed].map(([name, words]) => [words, name]));

/** The name of a check's or a finding's words is told by its id, which the table of the report knows. */
export function nameWords(name: `check.${string}` | `finding.${string}`, words: Words): Words {
  names.set(words, name);
  return words;
}

function wordsNamed(name: string): Words {
  const [table = '', id = ''] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
  const words =
    table === 'check' ? explainCheck(id)?.title : table === 'finding' ? explainFinding(id) : fixed.get(name);
  // A name that this version does not know: it says more than nothing.
  return words ?? { ja: id, jaEasy: id, en: id };
}

/** What is kept of lights: a part of JSON. */
export function packLights({ signature, identity, validity }: Lights): StoredLights {
  return { signature: packLight(signature), identity: packLight(identity), validity: packLight(validity) };
}

function packLight<L extends Light>(light: L): Stored<L> {
  const text = (words: Words): StoredText => names.get(words) ?? words;
  return {
    ...light,
    sentence: text(light.sentence),
    checks: light.checks.map(({ label, state, detail }) => {
      const name = typeof detail === 'string' ? undefined : names.get(detail);
      return { label: text(label), state, detail: name === undefined ? detail : { words: name } };
    }),
  };
}

/** Lights as everybody reads them. */
export function unpackLights({ signature, identity, validity }: StoredLights): Lights {
  return {
    signature: unpackLight(signature),
    identity: unpackLight(identity),
    validity: unpackLight(validity),
  };
}

function unpackLight<L extends Light>(stored: Stored<L>): L {
  const text = (kept: StoredText): Words => (typeof kept === 'string' ? wordsNamed(kept) : kept);
  const light = {
    ...stored,
    sentence: text(stored.sentence),
    checks: stored.checks.map(({ label, state, detail }) => ({
      label: text(label),
      state,
      detail: typeof detail === 'object' && 'words' in detail ? wordsNamed(detail.words) : detail,
    })),
  };
  return light as unknown as L;
}
