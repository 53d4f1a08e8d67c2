import { explainedRules, explainRule } from '@madoguchi/procedure';
import { fill, H2, P, T, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';

const text = {
  title: { ja: '画面に出た英字の意味', jaEasy: '{画面|がめん}の {英字|えいじ}', en: 'Codes of errors' },
  lead: {
    ja: '「request.expired」のような英字が出たとき、何が起きたかと、次にすることを示します。',
    jaEasy: 'この {英字|えいじ}が {出|で}た ときに する ことです。',
    en: 'What happened and what to do next, for codes such as “request.expired”.',
  },
  one: { ja: '「{rule}」と出たとき', jaEasy: '「{rule}」と {出|で}た とき', en: 'When “{rule}” appeared' },
  what: { ja: '何が起きたか', jaEasy: 'どう しましたか', en: 'What happened' },
  next: { ja: '次にすること', jaEasy: '{次|つぎ}に する こと', en: 'What to do next' },
  all: { ja: 'すべての英字を見る', jaEasy: 'ぜんぶ {見|み}る', en: 'All codes' },
} satisfies Record<string, Words>;

/** A rule that has words: in full, or by its beginning. */
export function isExplained(rule: string): boolean {
  return (
    /^[A-Za-z][A-Za-z0-9.]{0,79}$/.test(rule) &&
    explainedRules.some((known) => rule === known || rule.startsWith(`${known}.`))
  );
}

export function ErrorCodes({ view }: { view: View }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead} back={{ href: '/help' }}>
      <dl class="codes">
        {explainedRules.map((rule) => (
          <div>
            <dt>
              <a href={`/help/errors/${rule}`}>
                <code>{rule}</code>
              </a>
            </dt>
            <dd>
              <T w={explainRule(rule).what} />
            </dd>
          </div>
        ))}
      </dl>
    </Frame>
  );
}

export function ErrorCode({ view, rule }: { view: View; rule: string }) {
  const { what, next } = explainRule(rule);
  return (
    <Frame view={view} title={fill(text.one, { rule })} back={{ href: '/help/errors' }}>
      <H2 w={text.what} />
      <P w={what} />
      <H2 w={text.next} />
      <P w={next} />
      <p>
        <a href="/help/errors">
          <T w={text.all} />
        </a>
      </p>
    </Frame>
  );
}
