// Sums, kept right while the form is filled in. The server's own sum is what is signed.
import { scopeIn } from './asked.js';
import { form } from './dom.js';
import { evaluate } from './expressions.js';

export function addUp() {
  for (const output of form.querySelectorAll('[data-total]')) {
    const row = output.closest('[data-row]')?.dataset.row ?? '';
    const value = evaluate(JSON.parse(output.dataset.total), scopeIn(row)).toString();
    output.dataset.value = value;
    // The page shows it with its unit; only the number in it changes.
    const grouped = value.replace('-', '').replace(/\B(?=([0-9]{3})+(?![0-9]))/g, ',');
    const minus = value.startsWith('-') ? (document.documentElement.lang === 'en' ? '-' : '△') : '';
    output.textContent = output.textContent.replace(/[-△]?[0-9][0-9,]*/, `${minus}${grouped}`);
  }
}
