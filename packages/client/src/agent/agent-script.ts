/** The little that the agent's own pages do better with a script. Every page works without it. */
export const agentScript = `// A finished login goes on to the site by itself.
document.querySelector('form[data-go]')?.requestSubmit();

// The environment check: asks for what is new, and changes the list in place. A screen reader hears the verdict, not the whole list again.
for (const region of document.querySelectorAll('[data-look]')) {
  const again = async () => {
    let pause = 3000;
    try {
      const answer = await fetch(region.dataset.look + '&seen=' + region.dataset.mark, { headers: { accept: 'text/html' } });
      const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined;
      const fresh = page?.querySelector('[data-look]');
      if (fresh) {
        pause = 200;
        if (fresh.dataset.mark !== region.dataset.mark) {
          region.querySelector('.agent-verdict').replaceChildren(...fresh.querySelector('.agent-verdict').childNodes);
          region.querySelector('.agent-checks').replaceWith(fresh.querySelector('.agent-checks'));
          region.dataset.mark = fresh.dataset.mark;
        }
      }
    } catch {
      // The agent may be back in a moment.
    }
    setTimeout(again, pause);
  };
  setTimeout(again, 500);
}

// Files dropped anywhere on the page go into its file field; the field itself works by keyboard.
for (const form of document.querySelectorAll('form[data-drop]')) {
  const field = form.querySelector('input[type=file]');
  const place = form.querySelector('.agent-drop');
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'])
    document.addEventListener(name, (event) => {
      event.preventDefault();
      place.classList.toggle('agent-drop-over', name === 'dragenter' || name === 'dragover');
      if (name === 'drop' && event.dataTransfer?.files.length > 0) field.files = event.dataTransfer.files;
    });
}
`;
