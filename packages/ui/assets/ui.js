// The few things a page does better with a script. Every page works without it.

// Show what was typed into a PIN field.
for (const button of document.querySelectorAll('[data-reveal]')) {
  const input = document.getElementById(button.dataset.reveal);
  if (!input) continue;
  button.hidden = false;
  const show = (visible) => {
    input.type = visible ? 'text' : 'password';
    button.textContent = visible ? button.dataset.hide : button.dataset.show;
    button.setAttribute('aria-pressed', String(visible));
  };
  button.addEventListener('click', () => show(input.type === 'password'));
  // A visible PIN would be remembered by the browser as ordinary text.
  input.form?.addEventListener('submit', () => show(false));
}

// The summary takes the focus also where autofocus lost against something else.
document.querySelector('.error-summary')?.focus();

// A second press while the first is on its way sends nothing again.
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'true') event.preventDefault();
    // Later, when the page's other scripts have said whether it is sent at all.
    setTimeout(() => {
      if (!event.defaultPrevented) form.dataset.sent = 'true';
    });
    setTimeout(() => {
      form.dataset.sent = 'false';
    }, 2000);
  });
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// Progress: fetch the list again until the server names the next page.
for (const region of document.querySelectorAll('[data-live]')) {
  const again = async () => {
    try {
      const answer = await fetch(region.dataset.live, { headers: { accept: 'text/html' } });
      const next = answer.headers.get('mado-next');
      if (next) {
        location.replace(next);
        return;
      }
      if (answer.ok) {
        const text = await answer.text();
        // Untouched while nothing changes, so that a screen reader stays silent.
        if (text !== region.dataset.last) {
          const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('.progress');
          if (fresh) region.replaceChildren(fresh);
          region.dataset.last = text;
        }
      }
    } catch {
      // The server may be back in a second.
    }
    setTimeout(again, 1000);
  };
  setTimeout(again, 500);
}

// A search that answers while one types: the form's own page is asked, and its results take the place of these. Focus stays in the field.
for (const form of document.querySelectorAll('[data-live-search]')) {
  const id = form.dataset.liveSearch;
  let waiting;
  let asking;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id);
      if (fresh) document.getElementById(id)?.replaceChildren(...fresh.childNodes);
      history.replaceState(history.state, '', address);
    } catch {
      // The button still asks.
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  });
}

// Copy one value; where the clipboard is closed, mark it, so that Ctrl+C takes it.
for (const button of document.querySelectorAll('[data-copy]')) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) continue;
  button.hidden = false;
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  button.after(said);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.value ?? source.textContent);
      said.textContent = button.dataset.copied;
      setTimeout(() => {
        said.textContent = '';
      }, 3000);
    } catch {
      getSelection()?.selectAllChildren(source);
    }
  });
}
