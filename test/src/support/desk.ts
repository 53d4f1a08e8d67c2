/** The officer at the desk, over HTTP: what the pages say of an application. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export type LightName = 'signature' | 'identity' | 'validity';

interface SeenLight {
  state: string;
  /** All that stands at this light, as a reader sees it: the sign, the word, the reason, the evidence. */
  text: string;
}

export interface SeenCase {
  html: string;
  text: string;
  lights: Record<LightName, SeenLight> | undefined;
  /** Refused at reception. */
  refused: boolean;
}

export interface Officer {
  /** A page of the desk by its path below it. */
  page(path: string): Promise<{ status: number; html: string; text: string }>;
  /** Presses a button of an application's page: posts to this path below the desk with what the form hides, and what it is given. */
  press(receiptNumber: string, act: string, form?: Record<string, string>): Promise<Response>;
  /** One application, as soon as it has been opened and looked at, or refused. */
  examine(receiptNumber: string): Promise<SeenCase>;
}

/** Uses the one-time link up. */
export async function enterDesk(link: string): Promise<Officer> {
  const answer = await fetch(link, { redirect: 'manual' });
  assert.equal(answer.status, 303, 'the link opens the desk');
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const desk = link.replace(/\/enter\?.*$/, '');
  const page = async (path: string) => {
    const response = await fetch(`${desk}${path}`, { headers: { cookie } });
    const html = await response.text();
    assertNoTrace(html);
    return { status: response.status, html, text: textOf(html) };
  };
  return {
    page,
    press: async (receiptNumber, act, form = {}) => {
      const { html } = await page(`/cases/${receiptNumber}`);
      const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
      return fetch(`${desk}/cases/${receiptNumber}/${act}`, {
        method: 'POST',
        headers: { cookie, origin: new URL(desk).origin, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams({ csrf: hidden('csrf'), seen: hidden('seen'), ...form }),
        redirect: 'manual',
      });
    },
    examine: async (receiptNumber) => {
      for (let tried = 0; tried < 600; tried += 1) {
        const { status, html, text } = await page(`/cases/${receiptNumber}`);
        assert.equal(status, 200, text);
        const lights = lightsOf(html);
        const refused = text.includes('この申請は受付で断られました');
        if (lights !== undefined || refused) return { html, text, lights, refused };
        await pause(100);
      }
      throw new Error(`${receiptNumber} was never examined`);
    },
  };
}

/** What stands on a page without its marks; readings in ruby are left out. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<rt>.*?<\/rt>|<rp>.*?<\/rp>/gs, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** No page ever shows what only a programmer reads. */
export function assertNoTrace(html: string): void {
  const found =
    /\n\s+at .*:\d+:\d+|node_modules|node:internal|\[object Object\]|>undefined<|>null<|\b(Type|Range|Reference|Syntax|Postgres)Error\b/.exec(
      html,
    );
  assert.equal(found?.[0], undefined, 'a page shows a trace');
}

function lightsOf(html: string): Record<LightName, SeenLight> | undefined {
  const parts = html.split('<div id="light-').slice(1);
  const light = (name: LightName): SeenLight | undefined => {
    const part = parts.find((one) => one.startsWith(`${name}"`));
    const state = part === undefined ? undefined : /^[a-z]+" data-state="([a-z]+)"/.exec(part)?.[1];
    if (part === undefined || state === undefined) return undefined;
    return { state, text: textOf(`<div id="${part.split(/<form|<section|<\/section/)[0] ?? ''}`) };
  };
  const [signature, identity, validity] = [light('signature'), light('identity'), light('validity')];
  if (signature === undefined || identity === undefined || validity === undefined) return undefined;
  return { signature, identity, validity };
}
