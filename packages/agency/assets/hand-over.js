// The one island of the form page: on the press of 署名へ進む it opens the signing agent in a pop-up, has the answers checked and a
// signing request made by this page's own server, and posts request, definition and files into the pop-up. It talks to its own
// server and to nobody else; the pop-up is a top-level form POST, for which browsers ask no permission.

const form = document.querySelector('form[data-hand-over]');
const panel = document.getElementById('hand-over');
const windowName = 'madoguchi-agent';
const agentWaitMs = 3000;
const closeWaitMs = 20_000;
let running = false;
let round = 0;

function show(state) {
  for (const part of panel.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
  if (state && state !== 'opening') panel.scrollIntoView({ block: 'nearest' });
}

// ---- questions under a condition

const conditional = [...form.querySelectorAll('[data-when]')];

function answerTo(name) {
  const control = form.elements.namedItem(name);
  return control && 'value' in control ? control.value : '';
}

function uncover() {
  for (const part of conditional) {
    const asked = JSON.parse(part.dataset.is).includes(answerTo(part.dataset.when));
    const parent = form.querySelector(`[name="${CSS.escape(part.dataset.when)}"]`)?.closest('[data-when]');
    part.hidden = !asked || parent?.hidden === true;
  }
}

function isAsked(control) {
  return !control.closest('[data-when][hidden]');
}

form.addEventListener('input', uncover);

// ---- the draft on this device

const draftKey = `madoguchi:${form.dataset.draft}`;

function answers() {
  const found = {};
  for (const control of form.elements) {
    if (!control.name || control.type === 'file' || !isAsked(control)) continue;
    if (control.type === 'radio' && !control.checked) continue;
    found[control.name] = control.value;
  }
  return found;
}

// What was typed survives a reload in this tab; only who presses 途中でやめる leaves it on the device, which others may use too.
function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    // A browser that keeps nothing: the page still works.
    return [];
  }
}

function keepDraft(onDevice) {
  const [tab, device] = stores();
  try {
    tab?.setItem(draftKey, JSON.stringify(answers()));
    if (onDevice) device?.setItem(draftKey, JSON.stringify(answers()));
  } catch {
    // No room: nothing is kept.
  }
}

function forgetDraft() {
  for (const store of stores()) store.removeItem(draftKey);
}

function readDraft() {
  for (const store of stores()) {
    try {
      const draft = JSON.parse(store.getItem(draftKey) ?? 'null');
      if (draft && typeof draft === 'object') return draft;
    } catch {
      // Not ours: the next one.
    }
  }
  return null;
}

function restoreDraft() {
  const draft = readDraft();
  if (!draft || document.querySelector('.error-summary')) return;
  for (const [name, value] of Object.entries(draft)) {
    const control = form.elements.namedItem(name);
    if (control && 'value' in control && control.type !== 'file') control.value = value;
  }
  document.getElementById('restored').hidden = false;
}

document.getElementById('forget').addEventListener('click', () => {
  forgetDraft();
  form.reset();
  document.getElementById('restored').hidden = true;
  uncover();
});
document.getElementById('stop').addEventListener('click', () => keepDraft(true));
document.getElementById('stop-note').hidden = false;
restoreDraft();
uncover();

// ---- files

function fileInputs() {
  return [...form.querySelectorAll('input[type=file]')].filter(isAsked);
}

async function describeFiles() {
  const described = [];
  for (const input of fileInputs()) {
    for (const file of input.files) {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
      const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      described.push({ name: file.name, size: file.size, sha256, rule: input.name });
    }
  }
  return described;
}

// ---- errors, as the server draws them

function clearErrors() {
  document.querySelector('.error-summary')?.remove();
  for (const message of form.querySelectorAll('.field-error')) message.remove();
  for (const field of form.querySelectorAll('.field-bad')) field.classList.remove('field-bad');
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
}

function showErrors(html) {
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
function plainlyIncomplete() {
  return [...form.querySelectorAll('[aria-required]')].some(
    (control) => isAsked(control) && control.value.trim() === '',
  );
}

// ---- handing over

function openWindow() {
  const opened = window.open('about:blank', windowName, 'popup,width=620,height=820');
  if (!opened) return null;
  try {
    opened.document.title = document.title;
    const line = opened.document.createElement('p');
    line.textContent = panel.querySelector('[data-state=opening]').textContent;
    opened.document.body.replaceChildren(line);
  } catch {
    // A window of that name from before, already at the agent: it is reused.
  }
  return opened;
}

function post(issued) {
  const carrier = document.createElement('form');
  carrier.method = 'post';
  carrier.enctype = 'multipart/form-data';
  carrier.action = issued.agent;
  carrier.target = windowName;
  carrier.hidden = true;
  const fields = {
    request: issued.request,
    definition: issued.definition,
    lang: issued.lang,
  };
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    carrier.append(input);
  }
  const files = new DataTransfer();
  for (const input of fileInputs()) for (const file of input.files) files.items.add(file);
  if (files.files.length > 0) {
    const input = document.createElement('input');
    input.type = 'file';
    input.name = 'attachment';
    input.multiple = true;
    input.files = files.files;
    carrier.append(input);
  }
  document.body.append(carrier);
  carrier.submit();
  carrier.remove();
}

async function start() {
  const mine = ++round;
  const current = () => mine === round;
  const incomplete = plainlyIncomplete();
  const opened = incomplete ? null : openWindow();
  if (!incomplete && !opened) {
    show('blocked');
    return;
  }
  show('opening');
  let response;
  let issued;
  try {
    response = await fetch(form.dataset.handOver, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answers: answers(), attachments: await describeFiles() }),
    });
    if (response.status === 422) {
      opened?.close();
      show(null);
      showErrors(await response.text());
      return;
    }
    if (!response.ok) throw new Error(String(response.status));
    issued = await response.json();
  } catch {
    opened?.close();
    keepDraft(false);
    show('failed');
    return;
  }
  clearErrors();
  keepDraft(false);

  let here = false;
  const agentOrigin = new URL(issued.agent).origin;
  const listen = (event) => {
    if (event.origin !== agentOrigin || event.data?.type !== 'madoguchi-agent') return;
    here = true;
    if (current()) show(event.data.state === 'refused' ? 'refused' : 'working');
  };
  window.addEventListener('message', listen);
  setTimeout(() => {
    if (!here && current()) show('no-agent');
  }, agentWaitMs);
  setTimeout(() => {
    // What stands in the pop-up now is the browser's own "cannot connect", over our help.
    if (!here && current()) opened.close();
  }, closeWaitMs);
  post(issued);
  watch(issued, current);
}

/**
 * Asks our own server whether the application has arrived. After the request's end it goes on asking, more slowly: what was signed in
 * time may still be on its way.
 */
async function watch(issued, current) {
  let pauseMs = 1000;
  while (current()) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!current()) return;
    try {
      const answer = await (await fetch(issued.status, { cache: 'no-store' })).json();
      if (!current()) return;
      if (answer.state === 'arrived') {
        forgetDraft();
        show('arrived');
        location.assign(answer.location);
        return;
      }
      if (answer.state === 'expired') {
        if (pauseMs === 1000) show('expired');
        pauseMs = 5000;
      }
    } catch {
      // The server may be back in a second.
    }
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (running) return;
  running = true;
  start().finally(() => {
    running = false;
  });
});
