import type { Words } from '@madoguchi/ui';
import { w } from './three-words.js';

/** The one next step, where it is the same for whatever a card is used for. */
export const toCounter: Words = w(
  'お住まいの市区町村の窓口で手続きしてください。',
  '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}へ いって ください。',
  'Go to the counter of your municipality.',
);
export const startAgain: Words = w(
  'もう一度、はじめから行ってください。',
  'もういちど して ください。',
  'Start again.',
);
