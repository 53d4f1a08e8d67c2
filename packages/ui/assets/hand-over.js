// A page that hands something over to the signing agent in this very window goes on by itself. Where a person came back to it (the agent was not
// there, or they thought better of it), it waits for the press.

const [entry] = performance.getEntriesByType('navigation');
const form = document.querySelector('form[data-hand-over]');
if (form && entry?.type === 'navigate') form.requestSubmit();
window.addEventListener('pageshow', (event) => {
  if (event.persisted) form?.querySelector('button')?.focus();
});
