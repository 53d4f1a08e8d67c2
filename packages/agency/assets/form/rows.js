// Rows of a group, added and taken out on the page, so that files that were chosen stay chosen. Without a script the server does it.
import { form } from './dom.js';

const attributes = [
  'name',
  'id',
  'for',
  'aria-describedby',
  'aria-labelledby',
  'data-row',
  'data-in',
  'data-total-name',
];

/** One more row: the last one again, under the next number and empty. */
function add(group) {
  const rows = group.querySelectorAll('[data-row]');
  const last = rows[rows.length - 1];
  const number = Number(last.dataset.row.split('.')[1]) + 1;
  const row = last.cloneNode(true);
  for (const element of [row, ...row.querySelectorAll('*')]) {
    for (const attribute of attributes) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replaceAll(/\.[0-9]+\./g, `.${number}.`));
    }
    // A button that fills an address fills the one of its own row.
    if (element.name === '_go') element.value = element.value.replaceAll(/\.[0-9]+\./g, `.${number}.`);
  }
  for (const answer of row.querySelectorAll('.post-code-answer')) answer.replaceChildren();
  for (const message of row.querySelectorAll('.field-error')) message.remove();
  for (const field of row.querySelectorAll('.field-bad')) field.classList.remove('field-bad');
  for (const control of row.querySelectorAll('input,textarea,select')) {
    control.removeAttribute('aria-invalid');
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = control.defaultChecked;
    else control.value = '';
  }
  last.after(row);
  rename(group);
  (row.querySelector('input,textarea,select') ?? row).focus();
}

/** The rows are called by where they stand, whatever numbers their names have; buttons that would do nothing are away. */
function rename(group) {
  const register = document.querySelector('.register-jaEasy') ? 'jaEasy' : document.documentElement.lang;
  const rows = group.querySelectorAll('[data-row]');
  rows.forEach((row, index) => {
    const legend = row.querySelector('legend');
    const name = JSON.parse(legend.dataset.rowName)
      [register].replace('{number}', String(index + 1))
      // Furigana marks of the catalogue: the word without its reading.
      .replace(/\{([^|{}]+)\|[^{}]*\}/g, '$1');
    legend.textContent = name;
    const drop = row.querySelector('button[value^="drop:"]');
    drop.hidden = rows.length <= Number(group.dataset.least);
    drop.querySelector('.visually-hidden').textContent = ` ${name}`;
  });
  group.querySelector(':scope > button[value^="add:"]').hidden = rows.length >= Number(group.dataset.most);
}

/** True when the press was one of ours. */
export function pressed(button) {
  const [verb] = button?.value?.split(':') ?? [];
  const group = button?.closest('[data-group]');
  if (!group || button.name !== '_go') return false;
  if (verb === 'add') add(group);
  else if (verb === 'drop') {
    button.closest('[data-row]').remove();
    rename(group);
    group.querySelector('input,textarea,select')?.focus();
  } else return false;
  form.dispatchEvent(new Event('input'));
  return true;
}
