/** Who sits at the desk, as its pages say it, and the way out. */
import { Button, type Words } from '@madoguchi/ui';
import { actorInWords } from './history-words.js';
import { roleWords, staffTexts } from './role-words.js';
import { roles } from './roles.js';
import type { DeskSession } from './session.js';
import { texts } from './texts.js';

/** 審査の担当者（受付・審査）: who it is, and which roles they have anywhere. */
export function whoIs({ officer, grants }: DeskSession): Words {
  const held = roles.filter((role) => grants.some((grant) => grant.role === role));
  const who = actorInWords(`officer:${officer}`);
  const say = (register: keyof Words, none: string) => {
    const words = held.map((role) => roleWords[role][register]).join(register === 'en' ? ', ' : '・');
    return `${who[register]}（${held.length === 0 ? none : words}）`;
  };
  return {
    ja: say('ja', staffTexts.noRole.ja),
    jaEasy: say('jaEasy', staffTexts.noRole.jaEasy),
    en: say('en', staffTexts.noRole.en),
  };
}

export function LeaveDesk({ desk, session }: { desk: string; session: DeskSession }) {
  return (
    <form method="post" action={`${desk}/leave`}>
      <input type="hidden" name="csrf" value={session.csrf} />
      <Button label={texts.leave} kind="text" />
    </form>
  );
}
