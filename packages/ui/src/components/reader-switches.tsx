import { linkTo, type Preferences } from '../preferences.js';
import type { Register, Words } from '../words.js';

const names: Record<Register, string> = { ja: '日本語', jaEasy: 'やさしい日本語', en: 'English' };

const own = {
  group: { ja: '表示の切り替え', jaEasy: 'みえかたを かえる', en: 'Display' },
  largeOn: { ja: '大きい文字', jaEasy: 'おおきい もじ', en: 'Larger text' },
  largeOff: { ja: 'ふつうの文字', jaEasy: 'ふつうの もじ', en: 'Normal text' },
  furiganaOn: { ja: 'ふりがな', jaEasy: 'ふりがな', en: '' },
  furiganaOff: { ja: 'ふりがななし', jaEasy: 'ふりがな なし', en: '' },
} satisfies Record<string, Words>;

interface SwitchProps {
  path: string;
  prefs: Preferences;
  /** Without cookies every link must say the whole choice. */
  carryAll: boolean;
}

/** Links that change language, furigana and size of type: they work without JavaScript. */
export function ReaderSwitches({ path, prefs, carryAll }: SwitchProps) {
  const { register, furigana, large } = prefs;
  const all: Record<'lang' | 'furigana' | 'large', string | undefined> = carryAll
    ? { lang: register, furigana: String(Number(furigana)), large: String(Number(large)) }
    : { lang: undefined, furigana: undefined, large: undefined };
  const to = (changes: Partial<typeof all>) => linkTo(path, { ...all, ...changes });
  return (
    <nav class="switches" aria-label={own.group[register]}>
      <ul>
        <li>
          <a href={to({ large: large ? '0' : '1' })}>{(large ? own.largeOff : own.largeOn)[register]}</a>
        </li>
        {register === 'en' ? null : (
          <li>
            <a href={to({ furigana: furigana ? '0' : '1' })}>
              {(furigana ? own.furiganaOff : own.furiganaOn)[register]}
            </a>
          </li>
        )}
      </ul>
      <ul>
        {(Object.keys(names) as Register[]).map((other) => (
          <li>
            {/* Furigana falls back to what is usual in that register. */}
            <a
              href={to({ lang: other, furigana: undefined })}
              lang={other === 'en' ? 'en' : 'ja'}
              aria-current={other === register ? 'true' : undefined}
            >
              {names[other]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
