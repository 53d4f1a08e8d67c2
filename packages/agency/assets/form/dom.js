// The form that the scripts of this page serve, and what all of them ask of it.

export const form = document.querySelector('form[data-draft]');
export const panel = document.getElementById('hand-over');

export function isAsked(control) {
  return !control.closest('[data-when][hidden]');
}

/** What stands under a name: of boxes of one name the ticked ones, as a list. Empty when nothing does. */
export function typedUnder(name) {
  const found = form.elements.namedItem(name);
  if (!found) return '';
  const controls = found instanceof RadioNodeList ? [...found] : [found];
  return controls
    .filter((control) => control.type !== 'file' && isAsked(control))
    .filter((control) => (control.type !== 'radio' && control.type !== 'checkbox') || control.checked)
    .map((control) => control.value)
    .join(',');
}

/** Everything typed, as the server wants it: by name, without what is not asked for. */
export function answers() {
  const found = {};
  for (const { name, type } of form.elements) {
    if (!name || name.startsWith('_') || type === 'file' || type === 'submit' || Object.hasOwn(found, name))
      continue;
    const value = typedUnder(name);
    if (value !== '' || !isChoice(type)) found[name] = value;
  }
  return found;
}

function isChoice(type) {
  return type === 'radio' || type === 'checkbox';
}

/** Puts a draft's value into whatever control has the name. */
export function putValue(name, value) {
  const found = form.elements.namedItem(name);
  if (!found) return false;
  const controls = found instanceof RadioNodeList ? [...found] : [found];
  for (const control of controls) {
    if (control.type === 'file') continue;
    if (isChoice(control.type)) control.checked = value.split(',').includes(control.value);
    else control.value = value;
  }
  return true;
}
