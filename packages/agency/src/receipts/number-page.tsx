import { Button, ButtonRow, glossary, Page, type PageProps, TextInput, type Words } from '@madoguchi/ui';
import { texts } from './texts.js';

/** True: no application has this pair of numbers, as `notFound` says. */
export type NumberFault = boolean | 'tooOften' | 'empty';

const faultWords = { tooOften: texts.tooOften, empty: texts.bothNumbers };

interface NumberPageProps {
  look: Omit<PageProps, 'title'>;
  title: Words;
  lead: Words;
  action: string;
  receiptNumber: string;
  /** What must be known besides the number. */
  secret: { name: string; label: Words; hint: Words };
  button: Words;
  failed: NumberFault;
  notFound: Words;
}

/** Asks for the public number of an application and a secret that goes with it: the applicant's, or a co-signer's. */
export function NumberPage(props: NumberPageProps) {
  const { look, title, lead, secret, failed } = props;
  return (
    <Page
      {...look}
      {...{ title, lead }}
      errors={
        failed === false
          ? []
          : [
              {
                field: failed === 'empty' && props.receiptNumber === '' ? 'receipt' : secret.name,
                message: failed === true ? props.notFound : faultWords[failed],
              },
            ]
      }
    >
      <form method="post" action={props.action}>
        <TextInput
          name="receipt"
          label={glossary.receiptNumber}
          hint={texts.numberHint}
          required
          width="medium"
          value={props.receiptNumber}
        />
        <TextInput {...secret} required width="medium" autocomplete="off" />
        <ButtonRow>
          <Button label={props.button} />
        </ButtonRow>
      </form>
    </Page>
  );
}
