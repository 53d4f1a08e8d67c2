import assert from 'node:assert/strict';
import { listActions } from '../cases/actions.js';
import { findCase, findRefusal } from '../cases/queries.js';
import { demoProcedures } from '../demo-procedures.js';
import { type Decision, decide } from '../desk/decide.js';
import { loadProcedures } from '../procedures.js';
import { type CardHolder, cardHolder } from './cosigning.js';
import { base, origin, temporaryDatabase } from './room.js';
import { sampleAnswers } from './sample-answers.js';
import { openVerificationRoom } from './verification-room.js';

/** A reception for 自動車OSS, and two people with cards of their own who own a car together with 総務太郎. */
export async function openSharedCar() {
  const code = '99201';
  const { db, close } = await temporaryDatabase();
  const room = await openVerificationRoom(db, loadProcedures(demoProcedures('national')));
  const [hanako, jiro] = await Promise.all([
    cardHolder(room, { name: '総務　花子', birthDate: '1977-05-05', sex: 'female' }),
    cardHolder(room, { name: '渡邉　次郎', address: '見本県隣市北一丁目１番１号', birthDate: '1980-02-03' }),
  ]);
  const bytes = Buffer.from('%PDF-1.4 sample');
  const files = ['completion', 'map'].map((rule) => ({ name: `${rule}.pdf`, bytes, rule }));

  function answersWith(...owners: { name: string; address: string }[]) {
    const oss = room.procedures.find(({ definition }) => definition.id === 'jidosha-oss');
    assert.ok(oss);
    const rows = Object.fromEntries(
      owners.flatMap(({ name, address }, row) => [
        [`coOwners.${row}.name`, name],
        [`coOwners.${row}.address`, address],
      ]),
    );
    return { ...sampleAnswers(oss.definition, { owners: 'shared' }), ...rows };
  }

  const typed = ({ identity }: CardHolder) => ({ name: identity.name, address: identity.address });

  /** An application by 総務太郎 that these people own the car of, too. */
  function file(...owners: CardHolder[]): Promise<string> {
    return room.file({}, { procedure: 'jidosha-oss', answers: answersWith(...owners.map(typed)), files });
  }

  const stateIs = async (receipt: string) => (await findCase(db.sql, code, receipt))?.state;
  const refusalOf = (receipt: string) => findRefusal(db.sql, code, receipt);
  const plain = (html: string) => html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');
  const page = async (path: string, cookie: string) =>
    plain(await (await room.app.request(`${origin}${base}${path}`, { headers: { cookie } })).text());
  const kinds = async (receipt: string) => (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);

  async function officer(receipt: string, decision: Decision, reason = '', fields?: string[]) {
    const seen = (await listActions(db.sql, code, receipt)).at(-1)?.seq ?? 0;
    const correction = fields && { fields, until: '2026-12-31' };
    const at = room.time.now;
    return decide(db.sql, code, receipt, { decision, reason, seen, officer: 'desk', at, correction });
  }

  return {
    ...{ db, close, room, hanako, jiro, code, bytes, files, answersWith, typed, file },
    ...{ stateIs, refusalOf, plain, page, kinds, officer },
  };
}
