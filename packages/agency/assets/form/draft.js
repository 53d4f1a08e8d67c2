// The draft on this device. What was typed survives a reload in this tab; only who presses 途中でやめる leaves it on the device, which others
// may use too.
import { answers, form, putValue } from './dom.js';

const key = `madoguchi:${form.dataset.draft}`;

function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    // A browser that keeps nothing: the page still works.
    return [];
  }
}

export function keepDraft(onDevice) {
  const [tab, device] = stores();
  const draft = JSON.stringify({ step: form.dataset.step ?? '', answers: answers() });
  try {
    tab?.setItem(key, draft);
    if (onDevice) device?.setItem(key, draft);
  } catch {
    // No room: nothing is kept.
  }
}

export function forgetDraft() {
  for (const store of stores()) store.removeItem(key);
}

function readDraft() {
  for (const store of stores()) {
    try {
      const draft = JSON.parse(store.getItem(key) ?? 'null');
      if (draft && typeof draft.answers === 'object') return draft;
    } catch {
      // Not ours: the next one.
    }
  }
  return null;
}

/** Carries a text that belongs to another step, or to a row that is not on the page yet. */
function carry(name, value) {
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = name;
  input.value = value;
  input.dataset.restored = '';
  form.append(input);
}

/**
 * Puts back what was typed before. A form of steps, or one with rows that are not on the page, is drawn again by the server when the reader
 * presses つづきから書く; a page that came by a press of its own buttons holds everything already.
 */
export function restoreDraft() {
  const draft = readDraft();
  if (!draft || form.dataset.posted !== undefined) return;
  const left = Object.entries(draft.answers).filter(([name, value]) => !putValue(name, value));
  for (const [name, value] of left) carry(name, value);
  const resume = document.getElementById('resume');
  if (resume) resume.value = `step:${draft.step}`;
  document.getElementById('restored').hidden = false;
}

export function forgetRestored() {
  forgetDraft();
  for (const input of form.querySelectorAll('[data-restored]')) input.remove();
  form.reset();
  document.getElementById('restored').hidden = true;
}
