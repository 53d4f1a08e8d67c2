/** Style of a report: the colours of the Digital Agency's design system, dark enough to be read (WCAG 2.2 AA), and a layout for A4. */
export const reportCss = `
:root { color-scheme: light; --ink: #1a1a1c; --soft: #4d4d4d; --line: #d9d9d9; --paper: #fff; --ground: #f2f2f2;
  --good: #115a36; --good-ground: #e6f5ec; --bad: #a80000; --bad-ground: #fdeeee; --check: #7a4b00; --check-ground: #fff5d6;
  --pending: #0017c1; --pending-ground: #e8f1fe; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.7; font-size: 1rem;
  font-family: "BIZ UDPGothic", "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic", Meiryo, system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.4; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.25rem; margin: 0 0 0.75rem; }
h3 { font-size: 1.0625rem; margin: 1.75rem 0 0.5rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
p { margin: 0; }
code { font-family: ui-monospace, "Noto Sans Mono", Menlo, Consolas, monospace; font-size: 0.875em; overflow-wrap: anywhere; }
.card, footer { background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1.25rem; margin-top: 1.25rem; }
footer { background: none; border: 0; padding: 0.5rem 0 0; color: var(--soft); font-size: 0.875rem; }
footer h2 { font-size: 1rem; }
footer p { margin-top: 0.75rem; }
.answer { display: flex; gap: 1rem; align-items: flex-start; border: 2px solid; border-radius: 0.5rem; padding: 1rem 1.25rem; }
.answer .shape { font-size: 2rem; line-height: 1.2; }
.answer .sentence { color: var(--ink); font-weight: 700; }
.answer.main .sentence { font-size: 1.1875rem; }
.answer .why { color: var(--ink); margin-top: 0.25rem; }
.answer .indication { margin-top: 0.25rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .check { color: var(--check); } .pending { color: var(--pending); }
.answer.good { background: var(--good-ground); border-color: var(--good); }
.answer.bad { background: var(--bad-ground); border-color: var(--bad); }
.answer.check { background: var(--check-ground); border-color: var(--check); }
.answer.pending { background: var(--pending-ground); border-color: var(--pending); }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1rem; padding: 0.375rem 0; border-bottom: 1px solid #ececec; }
dl > div:last-child { border-bottom: 0; }
dt { color: var(--soft); font-size: 0.9375rem; overflow-wrap: anywhere; }
dd { margin: 0; grid-column: 2; overflow-wrap: anywhere; }
.note { background: var(--ground); border-radius: 0.25rem; padding: 0.5rem 0.75rem; font-size: 0.875rem; margin-bottom: 0.5rem; }
.next { border-left: 0.25rem solid var(--pending); padding: 0.25rem 0 0.25rem 1rem; margin-top: 1rem; }
.next h3 { margin: 0; border: 0; }
.checks { list-style: none; margin: 0; padding: 0; }
.checks li { padding: 0.5rem 0 0.5rem 1.75rem; border-bottom: 1px solid #ececec; break-inside: avoid; }
.checks .shape { display: inline-block; width: 1.75rem; margin-left: -1.75rem; }
.checks .found { color: var(--ink); }
.checks .found strong { margin-right: 0.5em; }
.checks .good .shape { color: var(--good); } .checks .bad .shape { color: var(--bad); }
.checks .check .shape { color: var(--check); } .checks .pending .shape { color: var(--pending); }
.checks .small { color: var(--soft); font-size: 0.8125rem; line-height: 1.6; }
.checks .source { margin-left: 1em; }
@media (max-width: 40rem) {
  main { padding: 0.75rem 0.75rem 2rem; }
  .card { padding: 1rem; }
  dl > div { display: block; }
  .checks .source { display: block; margin-left: 0; }
}
@media print {
  @page { size: A4; margin: 16mm; }
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .card { border: 0; padding: 0; }
  h2, h3 { break-after: avoid; }
  dl > div { break-inside: avoid; }
}
`;
