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
    rows: (group) =>
      row === ''
        ? [...form.querySelectorAll(`[data-row^="${CSS.escape(group)}."]`)].map(({ dataset }) =>
            scopeIn(dataset.row),
          )
        : [],
  };
}

/** In the order of the page, so that a question under a hidden one is hidden too. */
export function uncover() {
  for (const part of form.querySelectorAll('[data-when]'))
    part.hidden = !holds(JSON.parse(part.dataset.when), scopeIn(part.dataset.in));
}
