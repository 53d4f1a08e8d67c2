// The form page's script: everything works without it but the signature, which the agent makes.
import { uncover } from './asked.js';
import { form } from './dom.js';
import { forgetRestored, keepDraft, restoreDraft } from './draft.js';
import { handOver } from './hand-over.js';
import { keepFiles } from './kept.js';
import { enterInPostCode, fillPressed } from './post-code.js';
import { pressed } from './rows.js';
import { addUp } from './totals.js';

let running = false;
let kept = Promise.resolve();

function refresh() {
  // A sum may stand in a condition, and a hidden answer in a sum.
  addUp();
  uncover();
  addUp();
}

form.addEventListener('input', refresh);
form.addEventListener('keydown', enterInPostCode);
form.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (pressed(button) || fillPressed(button)) {
    event.preventDefault();
    return;
  }
  keepDraft(false);
  // Another step, or back: the server draws it.
  if (form.dataset.handOver === undefined || (button?.name === '_go' && button.value !== '')) return;
  event.preventDefault();
  if (running) return;
  running = true;
  kept.then(handOver).finally(() => {
    running = false;
  });
});
document.getElementById('forget')?.addEventListener('click', () => {
  forgetRestored();
  refresh();
});
// Who only signs what others wrote has nothing to keep.
const stop = document.getElementById('stop');
stop?.addEventListener('click', () => keepDraft(true));
if (stop) {
  document.getElementById('stop-note').hidden = false;
  restoreDraft();
}
refresh();
kept = keepFiles();
