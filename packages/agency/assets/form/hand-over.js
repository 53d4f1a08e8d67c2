// On the press of 署名へ進む: opens the signing agent in a pop-up, has the answers checked and a signing request made by this page's own
// server, and posts request, definition and files into the pop-up. It talks to its own server and to nobody else; the pop-up is a top-level
// form POST, for which browsers ask no permission.

import { answers, form, panel } from './dom.js';
import { forgetDraft, keepDraft } from './draft.js';
import { clearErrors, plainlyIncomplete, showErrors } from './errors.js';
import { describeFiles, fileInputs, hasUntold, tellFiles } from './files.js';

const windowName = 'madoguchi-agent';
const agentWaitMs = 3000;
const closeWaitMs = 20_000;
let round = 0;

function show(state) {
  for (const part of panel.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
  if (state && state !== 'opening') panel.scrollIntoView({ block: 'nearest' });
}

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
    ...(issued.cosigned === undefined ? {} : { cosigned: issued.cosigned }),
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

export async function handOver() {
  const mine = ++round;
  const current = () => mine === round;
  const incomplete = plainlyIncomplete() || hasUntold();
  const opened = incomplete ? null : openWindow();
  if (!incomplete && !opened) {
    show('blocked');
    return;
  }
  show('opening');
  let response;
  let issued;
  try {
    const attachments = await describeFiles();
    response = await fetch(form.dataset.handOver, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answers: answers(), attachments }),
    });
    if (response.status === 422) {
      opened?.close();
      show(null);
      if (showErrors(await response.text())) tellFiles(attachments);
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
