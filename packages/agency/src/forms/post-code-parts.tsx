import { Details, fill, T, TextInput } from '@madoguchi/ui';
import { goFill } from './go.js';
import { addressOf, type FoundPostCode, helperOf } from './post-code.js';
import { texts } from './texts.js';

/** An address is long to type: its post code brings the most of it. Beside an address whose form does not ask for the post code itself. */
export function PostCodeHelper({ target, found }: { target: string; found: FoundPostCode | undefined }) {
  const name = helperOf(target);
  const own = found?.target === target ? found : undefined;
  return (
    <div class="post-code-helper">
      <Details summary={texts.byPostCode} open={own !== undefined}>
        <div class="post-code">
          <TextInput
            name={name}
            label={texts.postCode}
            plain
            value={own?.code}
            inputmode="numeric"
            width="medium"
          />
          <PostCodeButton target={target} source={name} found={own} />
        </div>
      </Details>
    </div>
  );
}

/** The press that fills the address, and below it what came of it. */
export function PostCodeButton(props: { target: string; source: string; found: FoundPostCode | undefined }) {
  const { target, source, found } = props;
  return (
    <>
      <button
        type="submit"
        class="button button-secondary"
        name="_go"
        value={goFill(target, source)}
        formnovalidate
      >
        <span>
          <T w={texts.fillAddress} />
        </span>
      </button>
      <div class="post-code-answer" role="status">
        {found?.target === target ? <PostCodeAnswer found={found} /> : null}
      </div>
    </>
  );
}

/** One place: it is in the address by now. Several: a choice. None: said. */
export function PostCodeAnswer({ found: { target, source, places } }: { found: FoundPostCode }) {
  const [only, ...others] = places;
  if (only === undefined)
    return (
      <p>
        <T w={texts.noSuchPostCode} />
      </p>
    );
  if (others.length === 0)
    return (
      <p data-address={addressOf(only)}>
        <T w={fill(texts.addressFilled, { address: addressOf(only) })} />
      </p>
    );
  return (
    <>
      <p>
        <T w={texts.choosePlace} />
      </p>
      <ul class="post-code-places">
        {places.map((place, index) => (
          <li>
            <button
              type="submit"
              class="button button-text"
              name="_go"
              value={goFill(target, source, index)}
              data-address={addressOf(place)}
              formnovalidate
            >
              <span>{addressOf(place)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
