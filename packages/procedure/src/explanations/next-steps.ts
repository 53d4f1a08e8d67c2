import type { Explanation } from '../explain.js';
import { say } from '../words.js';

/** The one thing to do next, as several explanations share it. */
export const tellAgency = say(
  '署名せずに閉じて、役所の電話番号に問い合わせてください。',
  '{閉|と}じて ください。{役所|やくしょ}に {電話|でんわ}して ください。',
  'Close this without signing, and call the office.',
);
export const startAgain = say(
  '役所のページにもどって、もう一度「署名へ進む」を押してください。書いたことは残っています。',
  '{役所|やくしょ}の ページに もどって、もういちど おして ください。{書|か}いた ことは のこって います。',
  'Go back to the office’s page and press the button again. What you typed is still there.',
);
export const tryLater = say(
  'しばらく待って、もう一度ためしてください。書いたことは残っています。',
  'すこし まって、もういちど やって ください。{書|か}いた ことは のこって います。',
  'Wait a little and try again. What you typed is still there.',
);
export const applyAgain = say(
  'もう一度、はじめから申請してください。',
  'もういちど、はじめから {申|もう}し{込|こ}んで ください。',
  'Please apply again from the beginning.',
);
export const askOffice = say(
  '役所に電話で問い合わせてください。',
  '{役所|やくしょ}に {電話|でんわ}して ください。',
  'Please call the office.',
);
export const fixDefinition = say(
  '役所の係に、手続の定義を直すよう伝えてください。',
  '{役所|やくしょ}に {電話|でんわ}して ください。',
  'Tell the office that the definition of this procedure needs to be put right.',
);
export const lookUpAgain = say(
  '申請の状況のページを、もう一度見てください。',
  '{申|もう}し{込|こ}みの ページを、もういちど {見|み}て ください。',
  'Look at the page of your application again.',
);

/** A request from the future: it is this computer's clock that is wrong. */
export const clockBehind: Explanation = {
  what: say(
    'パソコンの時計が、役所の時計より大きく遅れています。',
    'パソコンの {時計|とけい}が {遅|おく}れて います。',
    'The clock of this computer is far behind the office’s.',
  ),
  next: say(
    'パソコンの時計を合わせて、もう一度ためしてください。',
    '{時計|とけい}を なおして ください。',
    'Set the clock of this computer and try again.',
  ),
};
