import { type Condition, dayPattern, fieldsOfCondition } from './conditions.js';
import type { ProcedureDefinition } from './definition.js';
import { type Expression, fieldsOfExpression } from './expressions.js';
import { type Entry, type Field, type Group, isGroup } from './fields.js';

type Report = (path: (string | number)[], message: string) => void;

/** What a shape cannot say: that every id is used once and every name that is used stands where it must. */
export function checkReferences(definition: ProcedureDefinition, report: Report): void {
  const top = new Map<string, Entry>();
  definition.fields.forEach((entry, index) => {
    const at: (string | number)[] = ['fields', index];
    if (top.has(entry.id)) report([...at, 'id'], `the id ${entry.id} is used twice`);
    if (isGroup(entry)) checkGroup(entry, top, at, report);
    else checkField(entry, top, undefined, at, report);
    top.set(entry.id, entry);
  });
  const files = new Set<string>();
  definition.attachments.forEach((rule, index) => {
    const at = ['attachments', index];
    if (files.has(rule.id) || top.has(rule.id)) report([...at, 'id'], `the id ${rule.id} is used twice`);
    files.add(rule.id);
    if (rule.when) checkCondition(rule.when, top, undefined, [...at, 'when'], report);
  });
  checkSteps(definition, top, files, report);
  checkRules(definition, top, report);
  checkPeople(definition, top, report);
  checkParts(definition, top, files, report);
}

function checkGroup(group: Group, top: Map<string, Entry>, at: (string | number)[], report: Report): void {
  if (group.min > group.max) report([...at, 'min'], 'min is above max');
  if (!Object.values(group.row).every((text) => text.includes('{number}')))
    report([...at, 'row'], 'must say {number} in each register');
  if (group.when) checkCondition(group.when, top, undefined, [...at, 'when'], report);
  const inRow = new Map<string, Entry>();
  group.fields.forEach((field, index) => {
    const here = [...at, 'fields', index];
    if (inRow.has(field.id)) report([...here, 'id'], `the id ${field.id} is used twice`);
    checkField(field, top, inRow, here, report);
    inRow.set(field.id, field);
  });
}

function checkField(
  field: Field,
  top: Map<string, Entry>,
  inRow: Map<string, Entry> | undefined,
  at: (string | number)[],
  report: Report,
): void {
  const { kind, options, min, max } = field;
  if (field.when) checkCondition(field.when, top, inRow, [...at, 'when'], report);
  const chooses = kind === 'choice' || kind === 'choices';
  if (chooses && !options) report(at, `a field of kind ${kind} needs options`);
  if (!chooses && options) report([...at, 'options'], 'only choice and choices have options');
  const values = options?.map((option) => option.value) ?? [];
  if (new Set(values).size !== values.length) report([...at, 'options'], 'an option stands twice');
  if (chooses && field.default !== undefined && !values.includes(field.default))
    report([...at, 'default'], 'the default is not among the options');
  if (min !== undefined && max !== undefined && min > max) report([...at, 'min'], 'min is above max');
  if (field.from !== undefined && field.until !== undefined && field.from > field.until)
    report([...at, 'from'], 'from is after until');
  if (kind === 'total') {
    if (field.value === undefined) report(at, 'a total needs a value');
    else checkExpression(field.value, top, inRow, [...at, 'value'], report);
    if (field.default !== undefined) report([...at, 'default'], 'a total is calculated and has no default');
  } else if (field.value !== undefined) report([...at, 'value'], 'only a total has a value');
  if (field.fills !== undefined && kind !== 'postcode')
    report([...at, 'fills'], 'only a postcode fills in an address');
}

/** `fills` may point forward: an address stands behind its postcode. Checked when all fields are known. */
function checkFills(definition: ProcedureDefinition, report: Report): void {
  const look = (fields: Entry[], at: (string | number)[]) => {
    fields.forEach((field, index) => {
      if (isGroup(field)) look(field.fields, [...at, index, 'fields']);
      else if (
        field.fills !== undefined &&
        !fields.some((other) => other.id === field.fills && other.kind === 'address')
      )
        report([...at, index, 'fills'], `no address field ${field.fills} stands beside it`);
    });
  };
  look(definition.fields, ['fields']);
}

function checkCondition(
  condition: Condition,
  top: Map<string, Entry>,
  inRow: Map<string, Entry> | undefined,
  at: (string | number)[],
  report: Report,
): void {
  for (const name of fieldsOfCondition(condition)) checkName(name, top, inRow, at, report);
  const look = (part: Condition): void => {
    if ('all' in part) for (const inner of part.all) look(inner);
    else if ('any' in part) for (const inner of part.any) look(inner);
    else if ('not' in part) look(part.not);
    else if ('is' in part) {
      const field = inRow?.get(part.field) ?? top.get(part.field);
      const options = field === undefined || isGroup(field) ? undefined : field.options;
      for (const value of part.is)
        if (options && !options.some((option) => option.value === value))
          report(at, `${part.field} has no option ${value}`);
    } else if ('date' in part) {
      for (const name of [part.date, part.than]) {
        const kind = (inRow?.get(name) ?? top.get(name))?.kind;
        if (!dayPattern.test(name) && kind !== undefined && kind !== 'date') report(at, `${name} is no date`);
      }
    }
  };
  look(condition);
}

function checkExpression(
  expression: Expression,
  top: Map<string, Entry>,
  inRow: Map<string, Entry> | undefined,
  at: (string | number)[],
  report: Report,
): void {
  for (const name of fieldsOfExpression(expression)) checkName(name, top, inRow, at, report);
}

/** `group.field` names a field in the rows of a group, `group` alone the group (count). */
function checkName(
  name: string,
  top: Map<string, Entry>,
  inRow: Map<string, Entry> | undefined,
  at: (string | number)[],
  report: Report,
): void {
  const [first = '', inner, ...more] = name.split('.');
  const found = inRow?.get(first) ?? top.get(first);
  if (found === undefined) report(at, `no field ${first} stands before this one`);
  else if (inRow !== undefined && isGroup(found))
    report(at, 'a row looks at its own fields and those at the top, not at groups');
  else if (inner !== undefined && more.length > 0) report(at, `a group holds no group: ${name}`);
  else if (
    inner !== undefined &&
    !(isGroup(found) && found.fields.some((field) => field.id === inner)) &&
    !top.has(inner)
  )
    report(at, `${first} has no field ${inner} in its rows`);
}

function checkSteps(
  definition: ProcedureDefinition,
  top: Map<string, Entry>,
  files: Set<string>,
  report: Report,
): void {
  checkFills(definition, report);
  if (definition.steps === undefined) return;
  const order = [...top.keys(), ...files];
  const listed = definition.steps.flatMap((step) => step.fields);
  definition.steps.forEach((step, index) => {
    for (const id of step.fields)
      if (!order.includes(id)) report(['steps', index, 'fields'], `no field or attachment ${id}`);
  });
  for (const id of order) {
    const times = listed.filter((other) => other === id).length;
    if (times !== 1) report(['steps'], `${id} stands in ${times} steps, not in one`);
  }
  // A browser cannot carry a chosen file from page to page.
  const early = definition.steps.slice(0, -1).flatMap((step) => step.fields.filter((id) => files.has(id)));
  if (early.length > 0) report(['steps'], `attachments stand in the last step: ${early.join(', ')}`);
  const fields = listed.filter((id) => top.has(id));
  if (fields.join() !== [...top.keys()].join())
    report(['steps'], 'the fields stand in another order than in the definition');
}

function checkRules(definition: ProcedureDefinition, top: Map<string, Entry>, report: Report): void {
  const seen = new Set<string>();
  definition.rules?.forEach((rule, index) => {
    const at = ['rules', index];
    if (seen.has(rule.id)) report([...at, 'id'], `the id ${rule.id} is used twice`);
    seen.add(rule.id);
    const group = [...top.values()].find(
      (entry) => isGroup(entry) && entry.fields.some(({ id }) => id === rule.field),
    );
    const inRow =
      !top.has(rule.field) && group && isGroup(group)
        ? new Map<string, Entry>(group.fields.map((field) => [field.id, field]))
        : undefined;
    if (!top.has(rule.field) && !inRow) report([...at, 'field'], `no field ${rule.field}`);
    checkCondition(rule.must, top, inRow, [...at, 'must'], report);
    if (rule.when) checkCondition(rule.when, top, inRow, [...at, 'when'], report);
  });
}

function checkPeople(definition: ProcedureDefinition, top: Map<string, Entry>, report: Report): void {
  const people = new Set<string>();
  definition.persons?.forEach((person, index) => {
    const at = ['persons', index];
    if (people.has(person.id)) report([...at, 'id'], `the id ${person.id} is used twice`);
    people.add(person.id);
    const group = person.group === undefined ? undefined : top.get(person.group);
    if (person.group !== undefined && (group === undefined || !isGroup(group)))
      report([...at, 'group'], `no group ${person.group}`);
    const place =
      group && isGroup(group) ? new Map<string, Entry>(group.fields.map((one) => [one.id, one])) : top;
    for (const member of ['name', 'kana', 'address', 'birthDate'] as const) {
      const id = person[member];
      if (id !== undefined && !place.has(id)) report([...at, member], `no field ${id}`);
    }
  });
  const signers = new Set<string>();
  definition.signers?.forEach((signer, index) => {
    const at = ['signers', index];
    if (signers.has(signer.id)) report([...at, 'id'], `the id ${signer.id} is used twice`);
    signers.add(signer.id);
    const person = definition.persons?.find(({ id }) => id === signer.person);
    if (person === undefined) report([...at, 'person'], `no person ${signer.person}`);
    else if (person.against !== 'signature')
      report([...at, 'person'], `${signer.person} signs, and is not compared with the signature`);
    if (signer.when) checkCondition(signer.when, top, undefined, [...at, 'when'], report);
  });
  // Compared with a signature that nobody asks for: with nothing.
  definition.persons?.forEach(({ id, against }, index) => {
    if (against === 'signature' && !definition.signers?.some(({ person }) => person === id))
      report(['persons', index, 'against'], `no signer is ${id}, so there is no signature to compare with`);
  });
}

function checkParts(
  definition: ProcedureDefinition,
  top: Map<string, Entry>,
  files: Set<string>,
  report: Report,
): void {
  const ids = new Set(definition.parts?.map(({ id }) => id));
  const seen = new Set<string>();
  definition.parts?.forEach((part, index) => {
    const at = ['parts', index];
    for (const id of part.fields)
      if (!top.has(id) && !files.has(id)) report([...at, 'fields'], `no field or attachment ${id}`);
    for (const id of part.after ?? [])
      if (!seen.has(id))
        report([...at, 'after'], ids.has(id) ? `${id} does not stand before this part` : `no part ${id}`);
    if (seen.has(part.id)) report([...at, 'id'], `the id ${part.id} is used twice`);
    seen.add(part.id);
    if (part.when) checkCondition(part.when, top, undefined, [...at, 'when'], report);
  });
}
