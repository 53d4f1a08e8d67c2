// An address from its post code, without a new page. Without a script the server draws the form again with the address in it.
import { form } from './dom.js';

function put(target, address) {
  const control = form.elements.namedItem(target);
  if (!control.value.startsWith(address)) control.value = address;
  control.focus();
  control.setSelectionRange(control.value.length, control.value.length);
  form.dispatchEvent(new Event('input'));
}

/** Asks the agency; what it answers is a part of the page, in the words of the page. */
async function ask(button, target, source) {
  const answer = button.closest('.post-code').querySelector('.post-code-answer');
  const code = form.elements.namedItem(source).value;
  const query = new URLSearchParams({ code, target, source });
  try {
    const response = await fetch(`${form.dataset.home}post-codes?${query}`);
    if (!response.ok) throw new Error(String(response.status));
    answer.innerHTML = await response.text();
  } catch {
    // No answer: the form itself is sent, and the server or the browser says what is wrong.
    HTMLFormElement.prototype.submit.call(form);
    return;
  }
  const found = answer.querySelector('p[data-address]');
  if (found) put(target, found.dataset.address);
}

/** True when the press was one of ours. */
export function fillPressed(button) {
  const [verb, target, source] = button?.value?.split(':') ?? [];
  if (button?.name !== '_go' || verb !== 'fill') return false;
  if (button.dataset.address) put(target, button.dataset.address);
  else ask(button, target, source);
  return true;
}

/** Enter in a post code asks for its address; it does not send the form. */
export function enterInPostCode(event) {
  const button = event.target.closest?.('.post-code')?.querySelector('button[value^="fill:"]');
  if (event.key !== 'Enter' || event.target.tagName !== 'INPUT' || !button) return;
  event.preventDefault();
  fillPressed(button);
}
