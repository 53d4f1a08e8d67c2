// Questions under a condition, shown and hidden by the very code by which the agency checks the answers.
import { holds } from './conditions.js';
import { form, typedUnder } from './dom.js';

/** Full-width digits, commas and units are no hindrance to comparing and adding up. */
function plainNumber(text) {
  const plain = text.normalize('NFKC').replace(/[,¥\\円\s]/g, '');
  return /^-?[0-9]+(\.[0-9]+)?$/.test(plain) ? plain : text;
}

/** What conditions and sums may ask: first in the row, then at the top. */
export function scopeIn(row) {
  return {
    read: (field) => {
      for (const name of row === '' ? [field] : [row + field, field]) {
        const value = typedUnder(name);
        if (value.trim() !== '') return plainNumber(value);
        const total = form.querySelector(`[data-total-name="${CSS.escape(name)}"]`);
        if (total?.dataset.value) return total.dataset.value;
      }
      return undefined;
    },
    rows: (group) => (row === '' ? rowsThatCount(group).map(({ dataset }) => scopeIn(dataset.row)) : []),
  };
}

/** A row left blank is not signed and does not count, beyond those that must be there. */
function rowsThatCount(group) {
  const rows = [...form.querySelectorAll(`[data-row^="${CSS.escape(group)}."]`)];
  const must = Number(rows[0]?.closest('[data-group]').dataset.must ?? 0);
  const blank = rows.filter((row) => !isTyped(row));
  return rows.filter(
    (row) => !blank.includes(row) || blank.indexOf(row) < must - (rows.length - blank.length),
  );
}

/** What the form itself chose is not typed. */
function isTyped(row) {
  return [...row.querySelectorAll('input,textarea,select')].some((control) => {
    if (control.type === 'radio' || control.type === 'checkbox')
      return control.checked && !control.defaultChecked;
    const chosen = control.selectedOptions?.[0];
    return control.value.trim() !== '' && !chosen?.defaultSelected;
  });
}

/** In the order of the page, so that a question under a hidden one is hidden too. */
export function uncover() {
  for (const part of form.querySelectorAll('[data-when]'))
    part.hidden = !holds(JSON.parse(part.dataset.when), scopeIn(part.dataset.in));
}
