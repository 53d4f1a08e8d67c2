import { fill, type LightState, type Words } from '@madoguchi/ui';
import { type Light, type Lights, worst } from './lights.js';

/** The lights of one who signed together with the applicant. */
export interface SignersLights {
  /** 共有者 1　総務　花子 */
  readonly name: Words;
  readonly lights: Lights;
}

/** Where nothing is wrong with anybody the sentence is the applicant's, and says so. */
const allGood = {
  ja: '{text}（ともに署名した{count}人も確かめました）',
  jaEasy: '{text}（あと {count}{人|にん}も {確|たし}かめました）',
  en: '{text} ({count} more who signed are checked too)',
};
const named = { ja: '{name}: {text}', jaEasy: '{name}: {text}', en: '{name}: {text}' };

/**
 * The lights of an application that several people signed: each as bad as the worst of theirs, with the sentence of whoever it is. All lines of the evidence stand
 * under the name of the one they are about.
 */
export function mergeLights(own: Lights, others: readonly SignersLights[]): Lights {
  if (others.length === 0) return own;
  const merge = (key: keyof Lights): Light => {
    const lights = others.map((other) => ({ name: other.name, light: other.lights[key] }));
    const state: LightState = worst([own[key].state, ...lights.map(({ light }) => light.state)]);
    const worstOf = own[key].state === state ? undefined : lights.find(({ light }) => light.state === state);
    return {
      state,
      sentence:
        worstOf === undefined
          ? state === 'good'
            ? fill(allGood, { text: own[key].sentence, count: others.length })
            : own[key].sentence
          : fill(named, { name: worstOf.name, text: worstOf.light.sentence }),
      checks: [
        ...own[key].checks,
        ...lights.flatMap(({ name, light }) => [
          { label: name, state: light.state, detail: light.sentence },
          ...light.checks.map((check) => ({ ...check, label: fill(named, { name, text: check.label }) })),
        ]),
      ],
    };
  };
  const { record } = own.identity;
  return {
    signature: merge('signature'),
    // What an officer decides about 照合 is about the applicant.
    identity: { ...merge('identity'), ...(record === undefined ? {} : { record }) },
    validity: merge('validity'),
  };
}
