import { glossary, T, type Words } from '@madoguchi/ui';
import { verdictWords } from './match-section.js';
import { roleWords } from './role-words.js';

/** What a detail of the chain is called; what has no words here stands as its code. */
const names: Readonly<Record<string, Words>> = {
  signature: glossary.signature,
  identity: glossary.matching,
  validity: glossary.validity,
  look: { ja: '確かめた回', jaEasy: '{何回目|なんかいめ}', en: 'Look' },
  verdict: { ja: '判断', jaEasy: '{判断|はんだん}', en: 'Verdict' },
  fields: { ja: '項目', jaEasy: '{項目|こうもく}', en: 'Fields' },
  by: { ja: '入り方', jaEasy: '{入|はい}りかた', en: 'By' },
  roles: { ja: '役割', jaEasy: '{役割|やくわり}', en: 'Roles' },
  from: { ja: '前の担当', jaEasy: '{前|まえ}の {人|ひと}', en: 'From' },
  until: { ja: 'いつまで', jaEasy: 'いつまで', en: 'Until' },
  days: { ja: '日数', jaEasy: '{日|ひ}の {数|かず}', en: 'Days' },
  reason: { ja: '理由', jaEasy: '{理由|りゆう}', en: 'Reason' },
  rule: { ja: '規則', jaEasy: 'きまり', en: 'Rule' },
  submission: { ja: '送られたもの', jaEasy: '{送|おく}られた もの', en: 'Submission' },
  of: { ja: 'もとの申請', jaEasy: 'もとの {申請|しんせい}', en: 'Of' },
  signer: { ja: '署名する人', jaEasy: '{署名|しょめい}する {人|ひと}', en: 'Signer' },
  part: { ja: '部分', jaEasy: '{部分|ぶぶん}', en: 'Part' },
  cases: { ja: '申請の数', jaEasy: '{申請|しんせい}の {数|かず}', en: 'Applications' },
  linked: { ja: '対応の数', jaEasy: '{数|かず}', en: 'Links' },
  batch: { ja: 'まとまり', jaEasy: 'まとまり', en: 'Batch' },
  kind: { ja: '種類', jaEasy: '{種類|しゅるい}', en: 'Kind' },
  name: { ja: '名前', jaEasy: '{名前|なまえ}', en: 'Name' },
  procedure: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedure' },
  procedures: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedures' },
  origin: { ja: '知らせる先', jaEasy: '{知|し}らせる ところ', en: 'Destination' },
  forms: { ja: '文字', jaEasy: '{文字|もじ}', en: 'Characters' },
  files: { ja: 'ファイルの数', jaEasy: 'ファイルの {数|かず}', en: 'Files' },
  stamp: { ja: '時刻の証明', jaEasy: '{時間|じかん}の {証明|しょうめい}', en: 'Time stamp' },
  container: {
    ja: '開いたものの要約',
    jaEasy: '{開|ひら}いた ものの {要約|ようやく}',
    en: 'Digest of what was opened',
  },
  sha256: { ja: '要約（SHA-256）', jaEasy: '{要約|ようやく}（SHA-256）', en: 'Digest (SHA-256)' },
  manifest: { ja: '目録の要約', jaEasy: '{目録|もくろく}の {要約|ようやく}', en: 'Digest of the list' },
  stamped: {
    ja: '時刻を証明した目録の要約',
    jaEasy: '{証明|しょうめい}した {目録|もくろく}の {要約|ようやく}',
    en: 'Digest of the stamped list',
  },
};

const light: Readonly<Record<string, Words>> = {
  good: glossary.good,
  check: glossary.check,
  bad: glossary.bad,
  pending: glossary.pending,
};

/** Values that are codes, by the detail they stand in. */
const values: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  signature: light,
  identity: light,
  validity: light,
  verdict: verdictWords,
  by: {
    card: { ja: 'カードで', jaEasy: 'カードで', en: 'card' },
    link: { ja: '一度だけのリンクで', jaEasy: 'リンクで', en: 'one-time link' },
  },
};

/** What an entry of the chain holds beside who did what: each detail under its name, in the words of the desk. */
export function AuditDetail({ detail }: { detail: Readonly<Record<string, unknown>> }) {
  return Object.entries(detail).map(([name, value], index) => (
    <>
      {index > 0 && ' · '}
      <T w={known(names, name) ?? name} />: <Value name={name} value={String(value)} />
    </>
  ));
}

function Value({ name, value }: { name: string; value: string }) {
  if (name === 'roles') return <Roles value={value} />;
  const meanings = known(values, name);
  const words = meanings === undefined ? undefined : known(meanings, value);
  return words === undefined ? short(value) : <T w={words} />;
}

/** What stands under a key that comes from data: never what every object has. */
function known<V>(table: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Roles as they are written in the chain: each with what it reaches over, where that is not the whole agency. */
function Roles({ value }: { value: string }) {
  return value.split(', ').map((role, index) => {
    const [id = '', ...scope] = role.split(' ');
    return (
      <>
        {index > 0 && ', '}
        <T w={known<Words>(roleWords, id) ?? id} />
        {scope.some((part) => part !== '*') && ` ${scope.join(' ')}`}
      </>
    );
  });
}

/** A digest is known by its beginning. */
function short(value: string): string {
  return /^[0-9a-f]{40,}$/.test(value) ? `${value.slice(0, 16)}…` : value;
}
