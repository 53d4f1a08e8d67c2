import { T, type Words } from '@madoguchi/ui';

/** Behind a name in a list that came with the product: this shop or class is none yet. */
export function SampleBadge({ of, word }: { of: { readonly sample: boolean }; word: Words }) {
  if (!of.sample) return null;
  return (
    <>
      {' '}
      <span class="badge">
        <T w={word} />
      </span>
    </>
  );
}
