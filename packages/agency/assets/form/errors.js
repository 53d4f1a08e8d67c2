// What the server found wrong, shown on this page: the files that were chosen stay chosen.
import { form, isAsked } from './dom.js';

export function clearErrors() {
  document.querySelector('.error-summary')?.remove();
  for (const message of form.querySelectorAll('.field-error')) message.remove();
  for (const field of form.querySelectorAll('.field-bad')) field.classList.remove('field-bad');
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
}

export function showErrors(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const summary = page.querySelector('.error-summary');
  if (!summary) return false;
  clearErrors();
  for (const message of page.querySelectorAll('.field-error')) {
    const control = document.getElementById(message.id.replace(/-error$/, ''));
    const field = control?.closest('.field');
    if (!field) continue;
    field.classList.add('field-bad');
    field.append(message);
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', message.id);
  }
  document.getElementById('main').prepend(summary);
  document.title = page.title;
  summary.focus();
  return true;
}

/** Something plainly missing: then no window is opened, and the server says what it is. */
export function plainlyIncomplete() {
  return [...form.querySelectorAll('[aria-required]')].some(
    (control) => isAsked(control) && control.value.trim() === '',
  );
}
