import type { Words } from '@madoguchi/ui';

/** Words of the resident's page, the applicant's page and the end of an act. */
export const a = {
  resident: { ja: '住民のページ', jaEasy: '{住民|じゅうみん}の ページ', en: 'Resident' },
  number: { ja: '宛名番号', jaEasy: '{番号|ばんごう}', en: 'Register number' },
  sex: { ja: '性別', jaEasy: '{性別|せいべつ}', en: 'Sex' },
  stay: { ja: '在留期限', jaEasy: '{在留期限|ざいりゅうきげん}', en: 'End of permitted stay' },
  stayNote: {
    ja: '証明書の有効期間は、この日を超えません。',
    jaEasy: '{証明書|しょうめいしょ}は この {日|ひ}までです。',
    en: 'No certificate outlives this day.',
  },
  gone: {
    ja: 'この方は転出・死亡などで登録が終わっています。発行はできません。',
    jaEasy: 'この {人|ひと}には つくれません。',
    en: 'This person’s registration has ended (moved away or deceased). Nothing can be issued.',
  },
  issue: { ja: '発行する', jaEasy: '{証明書|しょうめいしょ}を つくる', en: 'Issue' },
  again: {
    ja: '発行し直す・パスワードを決め直す',
    jaEasy: 'もう{一度|いちど} つくる・パスワードを かえる',
    en: 'Renew, or set PINs anew',
  },
  what: { ja: '何をしますか', jaEasy: 'なにを しますか', en: 'What is to be done' },
  kindIssue: {
    ja: '新しいカードに発行する',
    jaEasy: '{新|あたら}しい カードに つくる',
    en: 'Issue to a new card',
  },
  kindRenew: {
    ja: '更新する（今の証明書は同時に失効します）',
    jaEasy: '{新|あたら}しく する（{今|いま}の {証明書|しょうめいしょ}は つかえなく なります）',
    en: 'Renew (the present certificates are superseded in the same act)',
  },
  kindPin: {
    ja: '両方のパスワードのロックを解除し、決め直す',
    jaEasy: 'パスワードを {両方|りょうほう} もう{一度|いちど} {決|き}める',
    en: 'Unlock and set both PINs anew',
  },
  kindPinSignature: {
    ja: '署名用パスワードだけを、ロック解除して決め直す',
    jaEasy: '{署名用|しょめいよう}パスワードだけ {決|き}める',
    en: 'Unlock and set the signature password only',
  },
  kindPinAuthentication: {
    ja: '利用者証明用パスワードだけを、ロック解除して決め直す',
    jaEasy: '4けたの パスワードだけ {決|き}める',
    en: 'Unlock and set the authentication password only',
  },
  child: {
    ja: '15歳未満のため、利用者証明用だけを発行します。法定代理人といっしょに手続きします。',
    jaEasy:
      '15さいより {下|した}です。{署名用|しょめいよう}は つくれません。{親|おや}などと いっしょに {来|き}ます。',
    en: 'Under 15: only the authentication certificate is issued, and a legal representative acts.',
  },
  kindRenewCard: {
    ja: '今のカードに発行し直す（カードが手元にあるとき）',
    jaEasy: '{今|いま}の カードに もういちど つくる',
    en: 'Issue anew into the present card (it is at hand)',
  },
  ward: {
    ja: '成年被後見人のため、利用者証明用だけを発行します。成年後見人が手続きします。',
    jaEasy: '{署名用|しょめいよう}は つくれません。{後見人|こうけんにん}が {手続|てつづ}きします。',
    en: 'An adult ward: only the authentication certificate is issued, and the guardian acts.',
  },
  stayOver: {
    ja: '在留期限が過ぎています。期限の更新が住民票に載るまで、発行できません。',
    jaEasy: '{在留期限|ざいりゅうきげん}が すぎました。いまは つくれません。',
    en: 'The permitted stay is over. Nothing can be issued until its extension is in the register.',
  },
  who: { ja: '窓口に来た方', jaEasy: '{来|き}た {人|ひと}', en: 'Who has come' },
  self: { ja: '本人', jaEasy: '{本人|ほんにん}', en: 'The applicant' },
  guardian: {
    ja: '法定代理人',
    jaEasy: '{法定代理人|ほうていだいりにん}（{親|おや}など）',
    en: 'Legal representative',
  },
  guardianNote: {
    ja: '代理権を戸籍か住民票で確かめたとき',
    jaEasy: '{親|おや}か どうか {見|み}ました',
    en: 'Authority checked in the family register or the residence record',
  },
  agent: {
    ja: '任意代理人（照会書の回答書を持参）',
    jaEasy: 'たのまれた {人|ひと}（{手紙|てがみ}の {番号|ばんごう}が {要|い}ります）',
    en: 'Agent with the answered letter of inquiry',
  },
  guardianMore: {
    ja: '法定代理人が来たとき',
    jaEasy: '{親|おや}や {後見人|こうけんにん}が {来|き}たとき',
    en: 'When a legal representative has come',
  },
  authority: {
    ja: '代理権を確かめたもの（1つ）',
    jaEasy: '{親|おや}や {後見人|こうけんにん}だと わかる {紙|かみ}',
    en: 'What shows the authority (one of these)',
  },
  badAuthority: {
    ja: '代理権を確かめたものを選んでください。成年被後見人では登記事項証明書が要ります。',
    jaEasy: '{親|おや}や {後見人|こうけんにん}だと わかる {紙|かみ}を えらんで ください。',
    en: 'Tick what shows the authority; for an adult ward it is the certificate of the guardianship register.',
  },
  agentMore: {
    ja: '任意代理人が来たとき',
    jaEasy: 'たのまれた {人|ひと}が {来|き}たとき',
    en: 'When an agent has come',
  },
  answerChecks: {
    ja: '回答書で確かめたこと（すべて）',
    jaEasy: '{答|こた}えの {紙|かみ}で {見|み}た こと（ぜんぶ）',
    en: 'Checked on the answer (all of them)',
  },
  badAnswer: {
    ja: '回答書の確認を、すべて行ってください。1つでも欠けるときは受け付けられません。',
    jaEasy: '{答|こた}えの {紙|かみ}を ぜんぶ {見|み}て ください。',
    en: 'Check all points on the answer; where one is missing the agent cannot act.',
  },
  letterKinds: {
    ja: '代理人に任せること',
    jaEasy: 'たのむ こと',
    en: 'What the agent may do',
  },
  letterIssue: { ja: '新しく発行を受ける', jaEasy: '{新|あたら}しく つくる', en: 'a first issue' },
  letterRenew: { ja: '更新する', jaEasy: '{新|あたら}しく する', en: 'a renewal' },
  letterPin: {
    ja: 'パスワードを決め直す',
    jaEasy: 'パスワードを {決|き}める',
    en: 'setting PINs anew',
  },
  letterNote: {
    ja: '本人の住所へ送る照会書をPDFで作ります。番号は紙にだけ載り、{days}日有効で、一度だけ使えます。前に出した照会書は使えなくなります。',
    jaEasy:
      '{本人|ほんにん}へ {送|おく}る {手紙|てがみ}を つくります。{days}{日|にち} つかえます。{前|まえ}の {手紙|てがみ}は つかえません。',
    en: 'Makes the letter to the registered address as a PDF. Its number stands on the paper only, lasts {days} days and works once. An earlier letter becomes void.',
  },
  letterOpen: {
    ja: '照会書を {sent} に作りました。回答の期限は {until} です。',
    jaEasy: '{sent}に {手紙|てがみ}を つくりました。{until}まで つかえます。',
    en: 'A letter was made on {sent}; its answer is good until {until}.',
  },
  badLetterKinds: {
    ja: '代理人に任せることを1つ以上選んでください。',
    jaEasy: 'たのむ ことを えらんで ください。',
    en: 'Choose at least one thing that the agent may do.',
  },
  letter: {
    ja: '照会書の番号（任意代理人のとき）',
    jaEasy: '{手紙|てがみ}の {番号|ばんごう}（たのまれた {人|ひと}）',
    en: 'Number of the letter of inquiry (agent only)',
  },
  evidence: {
    ja: '来た方の本人確認書類',
    jaEasy: '{見|み}た {書類|しょるい}',
    en: 'Documents seen of who has come',
  },
  evidenceHint: {
    ja: 'Aは1つ、Bは2つ。見た種類だけを記録し、番号は記録しません。',
    jaEasy: 'Aは 1つ、Bは 2つ。{番号|ばんごう}は {書|か}きません。',
    en: 'One of A, or two of B. Only the kinds are recorded, never numbers.',
  },
  substitution: { ja: '代替文字', jaEasy: '{字|じ}が かわります', en: 'Substituted characters' },
  substitutionNote: {
    ja: '証明書に書けない文字を、次のように置き換えます。申請者にも見せてください。申請者は次の画面で同意します。',
    jaEasy:
      '{証明書|しょうめいしょ}に {書|か}けない {字|じ}を かえます。{申請者|しんせいしゃ}にも {見|み}せて ください。',
    en: 'Characters that a certificate cannot hold are replaced as shown. Show this to the applicant, who agrees on the next page.',
  },
  item: { ja: '項目', jaEasy: '{項目|こうもく}', en: 'Item' },
  registered: { ja: '住民票の表記', jaEasy: '{住民票|じゅうみんひょう}の {字|じ}', en: 'As registered' },
  written: {
    ja: '証明書の表記（色の字が代替文字）',
    jaEasy: '{証明書|しょうめいしょ}の {字|じ}',
    en: 'In the certificate (marked: substituted)',
  },
  consent: {
    ja: '職員が代替文字を確かめ、申請者に見せました',
    jaEasy: '{字|じ}を {見|み}て、{申請者|しんせいしゃ}に {見|み}せました',
    en: 'I have checked the substituted characters and shown them to the applicant',
  },
  toPins: {
    ja: '申請者のパスワード入力へ',
    jaEasy: 'パスワードの ページへ',
    en: 'On to the applicant’s PINs',
  },
  toDesk: {
    ja: 'この机のリーダーで（署名クライアント）',
    jaEasy: 'この つくえの リーダーで',
    en: 'With the reader on this desk (signing agent)',
  },
  sendLetter: { ja: '照会書を作る（PDF）', jaEasy: '{手紙|てがみ}を {出|だ}す', en: 'Make the letter (PDF)' },
  letterTitle: { ja: '照会書の番号', jaEasy: '{手紙|てがみ}の {番号|ばんごう}', en: 'Number of the letter' },
  letterBody: {
    ja: 'この番号を照会書に書き、本人の住所へ郵送してください。番号はこの画面にしか出ません。一度だけ使えます。',
    jaEasy:
      'この {番号|ばんごう}を {手紙|てがみ}に {書|か}いて {送|おく}って ください。{番号|ばんごう}は ここだけに {出|で}ます。',
    en: 'Write this number on the letter and post it to the registered address. It is shown only here and works once.',
  },
  moreTitle: {
    ja: '任意代理人が来る前に、照会書を送る',
    jaEasy: 'たのまれた {人|ひと}が {来|く}る {前|まえ}に、{手紙|てがみ}を {送|おく}る',
    en: 'Before an agent comes: send the letter of inquiry',
  },
  badEvidence: {
    ja: '本人確認書類は、Aを1つか、Bを2つ選んでください。',
    jaEasy: 'Aを 1つか、Bを 2つ えらんで ください。',
    en: 'Tick one document of A, or two of B.',
  },
  badWho: {
    ja: '窓口に来た方を選んでください。',
    jaEasy: '{来|き}た {人|ひと}を えらんで ください。',
    en: 'Choose who has come.',
  },
  badGuardian: {
    ja: '15歳未満の方と成年被後見人の手続きは、法定代理人が必要です。',
    jaEasy: '{親|おや}などが {必要|ひつよう}です。',
    en: 'For a child under 15 or an adult ward a legal representative must act.',
  },
  badLetter: {
    ja: 'この番号の照会書は、この方に出ていないか、この手続きのものでないか、使用済みか、期限切れです。',
    jaEasy: '{手紙|てがみ}の {番号|ばんごう}が ちがいます。',
    en: 'There is no open letter with that number to this person for this act.',
  },
  badConsent: {
    ja: '代替文字を確かめて、印を付けてください。申請者は、次の画面で同意します。',
    jaEasy: '{字|じ}を {見|み}たら、しるしを つけて ください。',
    en: 'Check the characters and tick the box. The applicant agrees on the next page.',
  },
  badKind: {
    ja: '何をするか選んでください。',
    jaEasy: 'なにを するか えらんで ください。',
    en: 'Choose what is to be done.',
  },

  pinTitle: {
    ja: 'パスワードを決めてください',
    jaEasy: 'パスワードを {決|き}めて ください',
    en: 'Choose your PINs',
  },
  pinAgent: {
    ja: '代理の方へ: 本人が封をした紙のとおりに入力してください。入力が終わったら、紙は持ち帰ってください。',
    jaEasy: '{本人|ほんにん}が {書|か}いた {紙|かみ}の とおりに {入|い}れて ください。',
    en: 'To the agent: type what the applicant wrote on the sealed slip, and take the slip with you.',
  },
  substitutionYours: {
    ja: 'あなたの氏名や住所には、証明書に書けない文字があります。次の文字に置き換えてよければ、パスワードを決めて下のボタンを押してください。',
    jaEasy:
      '{証明書|しょうめいしょ}に {書|か}けない {字|じ}が あります。つぎの {字|じ}で よければ、{下|した}の ボタンを おして ください。',
    en: 'A certificate cannot hold some characters of your name or address. If you agree to the ones shown, choose your PINs and press the button below.',
  },
  registeredSign: { ja: '住民票の文字', jaEasy: '{住民票|じゅうみんひょう}の {字|じ}', en: 'Registered' },
  writtenSign: { ja: '証明書の文字', jaEasy: '{証明書|しょうめいしょ}の {字|じ}', en: 'In the certificate' },
  pinButtonAgree: {
    ja: 'この文字に同意し、このパスワードに決める',
    jaEasy: 'この {字|じ}と パスワードに する',
    en: 'I agree to these characters; use these PINs',
  },
  pinLead: {
    ja: 'ここは申請者だけの画面です。ほかの人に見えないように入力してください。入力したパスワードは、カードにだけ入ります。',
    jaEasy:
      'あなただけの ページです。ほかの {人|ひと}に {見|み}せないで ください。パスワードは カードに だけ {入|はい}ります。',
    en: 'This page is for the applicant alone. Let nobody see what you type. The PINs go into your card and nowhere else.',
  },
  signRule: {
    ja: '英字と数字をどちらも使い、6〜16文字。英字は大文字になります。5回続けて間違えるとロックします。',
    jaEasy:
      '{英字|えいじ}と {数字|すうじ}の {両方|りょうほう}、6〜16{文字|もじ}。5{回|かい} まちがえると つかえなく なります。',
    en: '6 to 16 characters, letters and digits both; letters become capitals. Five wrong tries in a row lock it.',
  },
  authRule: {
    ja: '数字4けた。3回続けて間違えるとロックします。券面事項入力補助用にも同じ番号が入ります。',
    jaEasy: '{数字|すうじ} 4けた。3{回|かい} まちがえると つかえなく なります。',
    en: 'Four digits. Three wrong tries in a row lock it. The input-support PIN gets the same.',
  },
  signPin: {
    ja: '署名用パスワード（英数字6〜16文字）',
    jaEasy: '{署名用|しょめいよう}パスワード（{英字|えいじ}と {数字|すうじ}、6〜16{文字|もじ}）',
    en: 'Signature password (6–16 letters and digits) 署名用パスワード',
  },
  signPin2: {
    ja: '署名用パスワード（もう一度）',
    jaEasy: '{署名用|しょめいよう}パスワード（もう{一度|いちど}）',
    en: 'Signature password, again',
  },
  authPin: {
    ja: '利用者証明用パスワード（数字4けた）',
    jaEasy: '{利用者証明用|りようしゃしょうめいよう}パスワード（{数字|すうじ} 4けた）',
    en: 'User authentication password (4 digits) 利用者証明用パスワード',
  },
  authPin2: {
    ja: '利用者証明用パスワード（もう一度）',
    jaEasy: '{利用者証明用|りようしゃしょうめいよう}パスワード（もう{一度|いちど}）',
    en: 'User authentication password, again',
  },
  pinButton: { ja: 'このパスワードに決める', jaEasy: 'この パスワードに する', en: 'Use these PINs' },
  badSign: {
    ja: '署名用パスワードは、英字と数字をどちらも使い、6〜16文字にしてください。',
    jaEasy: '{英字|えいじ}と {数字|すうじ}の {両方|りょうほう}で、6〜16{文字|もじ}に して ください。',
    en: 'Use 6 to 16 letters and digits, at least one of each.',
  },
  badAuth: {
    ja: '利用者証明用パスワードは、数字4けたにしてください。',
    jaEasy: '{数字|すうじ} 4けたに して ください。',
    en: 'Use four digits.',
  },
  differ: {
    ja: '2回の入力が違います。もう一度、両方を入れてください。',
    jaEasy: '2{回|かい}の パスワードが ちがいます。',
    en: 'The two entries differ. Type both again.',
  },

  doneIssue: {
    ja: '発行しました',
    jaEasy: '{証明書|しょうめいしょ}を つくりました',
    en: 'The certificates are issued',
  },
  donePin: { ja: 'パスワードを設定しました', jaEasy: 'パスワードを {決|き}めました', en: 'The PINs are set' },
  doneBody: {
    ja: '証明書はカードに書き込み、読み戻して確かめました。写しを印刷して、カードといっしょに渡してください。',
    jaEasy: 'カードに {入|い}れました。{写|うつ}しと カードを {渡|わた}して ください。',
    en: 'The certificates were written to the card and read back. Print the copy and hand it over with the card.',
  },
  donePinBody: {
    ja: 'ロックは解除され、新しいパスワードがカードに入りました。',
    jaEasy: '{新|あたら}しい パスワードが カードに {入|はい}りました。',
    en: 'The lock is open and the new PINs are in the card.',
  },
  copy: {
    ja: '電子証明書の写し（PDF）',
    jaEasy: '{証明書|しょうめいしょ}の {写|うつ}し（PDF）',
    en: 'Copy of the certificates (PDF)',
  },
  failed: { ja: 'できませんでした', jaEasy: 'できませんでした', en: 'It was not done' },
  failedBody: {
    ja: '途中まで作ったものは失効しました。住民のページからやり直してください。',
    jaEasy: '{住民|じゅうみん}の ページから やりなおして ください。',
    en: 'What had been made is revoked. Start again from the resident’s page.',
  },
  working: {
    ja: 'カードの作業が終わっていません',
    jaEasy: 'カードの {作業|さぎょう}が おわって いません',
    en: 'The card work is not finished',
  },
  workingBody: {
    ja: '署名クライアントの画面で続いているか、途中で止まりました。止まったときは、署名クライアントを動かし直し、住民のページからすぐにやり直してください。カードに入った証明書は有効です。パスワードは変わっていることがあります。',
    jaEasy:
      '{署名|しょめい}クライアントの ページで つづいて いるか、とちゅうで {止|と}まりました。{止|と}まった ときは、{住民|じゅうみん}の ページから もういちど して ください。パスワードは かわって いる ことが あります。',
    en: 'It goes on on the signing agent’s page, or it was broken off. If so, start the agent again and do the act anew from the resident’s page at once. A certificate that the card holds is valid; the passwords may have changed already.',
  },
  noneForThem: {
    ja: 'この認証局は署名用だけを発行します。15歳未満の方と成年被後見人には発行できません。',
    jaEasy: 'この {人|ひと}の {証明書|しょうめいしょ}は つくれません。',
    en: 'This authority issues signature certificates only: none to children under 15 and adult wards.',
  },
  toResident: { ja: '住民のページへ', jaEasy: '{住民|じゅうみん}の ページへ', en: 'To the resident’s page' },
  noCards: {
    ja: 'この窓口にはカードリーダーがつながっていません。',
    jaEasy: 'カードリーダーが ありません。',
    en: 'No card reader is connected to this counter.',
  },
} satisfies Record<string, Words>;

export const sexWords: Readonly<Record<'male' | 'female' | 'other' | 'unknown', Words>> = {
  male: { ja: '男', jaEasy: '{男|おとこ}', en: 'male' },
  female: { ja: '女', jaEasy: '{女|おんな}', en: 'female' },
  other: { ja: 'その他', jaEasy: 'その{他|ほか}', en: 'other' },
  unknown: { ja: '不明', jaEasy: 'わからない', en: 'unknown' },
};
