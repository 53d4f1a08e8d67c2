/** What only the agent's pages need, on top of the shared style sheet. */
export const agentCss = `
.agent-phrase {
  display: grid;
  gap: 0.25rem;
  margin: 0 0 var(--space-3);
  padding: 0.75rem 1rem;
  border-radius: var(--radius);
  background: var(--key-soft);
  border-left: 6px solid var(--key);
}
.furigana .agent-phrase { margin-bottom: var(--space-4); }
.agent-phrase p { margin: 0; }
/* A phrase is compared as a whole. */
.agent-phrase strong { display: inline-block; font-size: 1.25em; letter-spacing: 0.06em; }
.agent-phrase-label { margin-right: 0.75em; font-weight: 700; color: var(--key); }
.agent-phrase-hint { font-size: 0.875em; color: var(--text-quiet); }
.agent-paper {
  margin: var(--space-3) 0;
  padding: var(--space-2) var(--space-3) var(--space-1);
  border: 2px solid var(--line-strong);
  border-radius: var(--radius);
  background: var(--paper);
}
.agent-paper > header {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  gap: 0 1.5rem;
  padding-bottom: var(--space-1);
  border-bottom: 1px solid var(--line);
}
.agent-paper > header h2, .agent-paper > header p { margin: 0; }
.agent-paper .summary-list { margin: 0; border-top: 0; }
/* What follows a group without a name of its own does not belong to it. */
.agent-paper .summary-list + .summary-list { margin-top: var(--space-3); border-top: 1px solid var(--line); }
.agent-paper .summary-row:last-child { border-bottom: 0; }
.agent-paper .summary-note {
  display: inline-block;
  margin-left: 0.75em;
  padding: 0 0.5em;
  border-radius: 4px;
  background: var(--key-soft);
  color: var(--key);
  font-size: 0.8125em;
}
.agent-compact .summary-row, .agent-paper .summary-row {
  display: grid;
  grid-template-columns: minmax(6.5em, 11rem) 1fr;
  gap: 0 1rem;
  padding-block: 0.5rem;
}
.agent-signer { font-size: 0.9375em; color: var(--text-quiet); }
/* Dead for the first half second: a click meant for something else cannot sign. The server refuses it too. */
#yes { animation: agent-wake 0.5s step-end both; }
@keyframes agent-wake {
  from { pointer-events: none; opacity: 0.5; }
  to { pointer-events: auto; opacity: 1; }
}
.agent-drop { padding: var(--space-3); border: 2px dashed var(--line-strong); border-radius: var(--radius); }
.agent-drop-over { background: var(--key-soft); border-color: var(--key); }
.agent-verdict { margin: 0 0 var(--space-2); font-size: 1.25em; font-weight: 700; }
.agent-checks { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.5rem; margin: 0 0 var(--space-3); padding: 0; list-style: none; }
.agent-check { padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); }
.agent-check-fail, .agent-check-warn { border: 2px solid var(--line-strong); }
.agent-check h2 { margin: 0; font-size: 1em; }
.agent-check .light, .agent-verdict .light { display: inline; white-space: normal; }
.agent-check .light-label, .agent-check .light-word { white-space: normal; }
.agent-check .light-shape, .agent-verdict .light-shape { margin-right: 0.4em; }
.agent-check .light-word { margin-left: 0.5em; }
.agent-check p { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
.agent-check-skip p { color: var(--text-quiet); }
.agent-next { padding: 0.5rem 0.75rem; border-radius: var(--radius); background: var(--key-soft); }
@media (max-width: 40rem) {
  .agent-compact .summary-row, .agent-paper .summary-row { grid-template-columns: 1fr; }
  .agent-compact .summary-row { padding-block: 0.25rem; }
  .agent-phrase-hint { font-size: 0.8125em; }
  .agent-paper { padding: var(--space-2) var(--space-2) 0; }
}
`;
