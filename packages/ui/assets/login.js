// The island of a page with a login by card: on the press it opens the signing agent in a pop-up, gets a login request from this page's
// own server, and posts it into the pop-up. The answer goes from there to our server; this page only asks whether it has come.

const form = document.querySelector('form[data-login]');
const states = document.getElementById('login-states');
const windowName = 'madoguchi-agent';
const agentWaitMs = 3000;
const lifeMs = 310_000;
let round = 0;

function show(state) {
  for (const part of states.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
  states.scrollIntoView({ block: 'nearest' });
}

function post({ agent, request, lang }) {
  const carrier = document.createElement('form');
  carrier.method = 'post';
  carrier.enctype = 'multipart/form-data';
  carrier.action = agent;
  carrier.target = windowName;
  carrier.hidden = true;
  for (const [name, value] of Object.entries({ request, lang })) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    carrier.append(input);
  }
  document.body.append(carrier);
  carrier.submit();
  carrier.remove();
}

async function start() {
  const mine = ++round;
  const opened = window.open('about:blank', windowName, 'popup,width=620,height=820');
  if (!opened) {
    show('blocked');
    return;
  }
  show('opening');
  let issued;
  try {
    const response = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(String(response.status));
    issued = await response.json();
  } catch {
    opened.close();
    show('failed');
    return;
  }
  let here = false;
  const agentOrigin = new URL(issued.agent).origin;
  window.addEventListener('message', (event) => {
    if (event.origin !== agentOrigin || event.data?.type !== 'madoguchi-agent') return;
    here = true;
    if (mine === round) show(event.data.state === 'refused' ? 'refused' : 'working');
  });
  setTimeout(() => {
    if (!here && mine === round) show('no-agent');
  }, agentWaitMs);
  post(issued);
  const until = Date.now() + lifeMs;
  while (mine === round && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    try {
      const answer = await (await fetch(issued.status, { cache: 'no-store' })).json();
      if (answer.state !== 'in' || mine !== round) continue;
      location.reload();
      return;
    } catch {
      // The server may be back in a second.
    }
  }
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  start();
});
