import { T } from '../text.js';
import type { Text } from '../words.js';
import { fieldId } from './errors.js';
import { FieldGroup, type FieldProps } from './field.js';

interface Option {
  value: string;
  label: Text;
  hint?: Text | undefined;
}

interface ChoiceProps {
  type: 'radio' | 'checkbox';
  name: string;
  option: Option;
  checked: boolean;
  /** The first one of a group has the group's id: the error link leads to it. */
  id: string;
}

function Choice({ type, name, option, checked, id }: ChoiceProps) {
  return (
    <div class="choice">
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        checked={checked}
        aria-describedby={option.hint === undefined ? undefined : `${id}-note`}
      />
      <label for={id}>
        <T w={option.label} />
        {option.hint === undefined ? null : (
          <span class="choice-hint" id={`${id}-note`}>
            <T w={option.hint} />
          </span>
        )}
      </label>
    </div>
  );
}

function choiceId(name: string, index: number): string {
  return index === 0 ? fieldId(name) : `${fieldId(name)}-${index + 1}`;
}

interface RadioGroupProps extends FieldProps {
  options: readonly Option[];
  value?: string | undefined;
}

export function RadioGroup(props: RadioGroupProps) {
  return (
    <FieldGroup {...props}>
      {props.options.map((option, index) => (
        <Choice
          type="radio"
          name={props.name}
          option={option}
          checked={option.value === props.value}
          id={choiceId(props.name, index)}
        />
      ))}
    </FieldGroup>
  );
}

interface CheckboxGroupProps extends FieldProps {
  options: readonly Option[];
  values?: readonly string[] | undefined;
}

export function CheckboxGroup(props: CheckboxGroupProps) {
  return (
    <FieldGroup {...props}>
      {props.options.map((option, index) => (
        <Choice
          type="checkbox"
          name={props.name}
          option={option}
          checked={props.values?.includes(option.value) ?? false}
          id={choiceId(props.name, index)}
        />
      ))}
    </FieldGroup>
  );
}
