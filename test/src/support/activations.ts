/**
 * Counts what a person did, in every window of a browser, from trusted events alone.
 *
 * The rule: one activation is one trusted click, or Enter or Space on a control. Typing is counted apart (fields changed).
 * A click with `detail === 0` that follows a counted key is the browser's own echo and is not counted again; a click on a
 * label that makes a second click on its input counts once.
 */
import type { BrowserContext } from 'playwright-core';

interface Activation {
  kind: 'click' | 'key' | 'change';
  /** What was activated, in words: the control's name or text. */
  target: string;
  /** Address without query. */
  page: string;
  detail: number;
  at: number;
}

export interface Journal {
  readonly events: Activation[];
  /** The activations after folding, in order. */
  activations(): Activation[];
  fields(): Activation[];
  /** A table for a failure message and for the docs. */
  describe(): string;
}

/** Listens in every page and pop-up of the context, those opened later included. */
export async function recordActivations(context: BrowserContext): Promise<Journal> {
  const events: Activation[] = [];
  await context.exposeBinding('__madoguchiJournal', (_source, event: Activation) => {
    events.push(event);
  });
  await context.addInitScript(listen);
  return {
    events,
    activations: () => fold(events),
    fields: () => events.filter((event) => event.kind === 'change'),
    describe: () =>
      fold(events)
        .map((event, index) => `${index + 1}. ${event.kind} ${event.target} — ${event.page}`)
        .join('\n'),
  };
}

function fold(events: readonly Activation[]): Activation[] {
  const counted: Activation[] = [];
  for (const event of events) {
    if (event.kind === 'change') continue;
    const last = counted.at(-1);
    const echo =
      event.kind === 'click' && event.detail === 0 && last !== undefined && event.at - last.at < 1000;
    if (!echo) counted.push(event);
  }
  return counted;
}

/** Runs in the page. */
function listen(): void {
  // The init script also runs in frames and about:blank; the binding is there in all of them.
  const page = globalThis as unknown as {
    document: {
      addEventListener: (type: string, handler: (event: BrowserEvent) => void, options: object) => void;
    };
    location: { href: string };
    __madoguchiJournal: (event: object) => void;
  };
  interface BrowserElement {
    tagName: string;
    textContent?: string;
    value?: string;
    name?: string;
    id?: string;
    type?: string;
    labels?: ArrayLike<BrowserElement> | null;
    closest?: (selector: string) => BrowserElement | null;
    getAttribute?: (name: string) => string | null;
  }
  interface BrowserEvent {
    isTrusted: boolean;
    type: string;
    key?: string;
    detail?: number;
    target: BrowserElement;
  }
  const describe = (element: BrowserElement): string => {
    const control = element.closest?.('a,button,input,select,textarea,label,summary') ?? element;
    const secret = control.type === 'password';
    const text =
      control.getAttribute?.('aria-label') ||
      control.textContent ||
      (secret ? '' : control.labels?.[0]?.textContent) ||
      (secret ? '' : control.value) ||
      control.name ||
      control.id ||
      '';
    return `${control.tagName.toLowerCase()} “${text.trim().slice(0, 40)}”`;
  };
  const report = (kind: string, event: BrowserEvent) => {
    page.__madoguchiJournal({
      kind,
      target: describe(event.target),
      page: page.location.href.split('?')[0],
      detail: event.detail ?? 0,
      at: Date.now(),
    });
  };
  const options = { capture: true, passive: true };
  page.document.addEventListener(
    'click',
    (event) => {
      if (event.isTrusted) report('click', event);
    },
    options,
  );
  page.document.addEventListener(
    'keydown',
    (event) => {
      const onControl = event.target.closest?.('a,button,summary,input,select') != null;
      const typesText =
        event.target.tagName === 'TEXTAREA' ||
        (event.key === ' ' &&
          event.target.tagName === 'INPUT' &&
          !/^(checkbox|radio|button|submit)$/.test(event.target.type ?? ''));
      if (event.isTrusted && onControl && !typesText && (event.key === 'Enter' || event.key === ' '))
        report('key', event);
    },
    options,
  );
  page.document.addEventListener(
    'change',
    (event) => {
      if (event.isTrusted) report('change', event);
    },
    options,
  );
}
