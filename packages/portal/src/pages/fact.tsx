import { T, type Words } from '@madoguchi/ui';

/** One line of a card's `dl`. */
export function Fact({ label, value }: { label: Words; value: Words | string }) {
  return (
    <div>
      <dt>
        <T w={label} />
      </dt>
      <dd>
        <T w={value} />
      </dd>
    </div>
  );
}
