import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startAuthority, type TestAuthority } from '../testing/authority.js';
import { newCard } from '../testing/card.js';
import { eventRules, type RegisterEvent } from './events.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

test('each event ends what the rules say, and nothing else of anybody', async () => {
  const [resident, other] = await authority.ca.residents('99201');
  assert.ok(resident && other);
  const issue = async (to: typeof resident) => {
    const { card, cardKey } = await newCard(authority, to);
    try {
      const input = { transmit: card.transmit, cardKey, resident: to, residentId: to.id, replace: true };
      return await authority.ca.issueToCard(input);
    } finally {
      card.reset();
      await card.close();
    }
  };
  const neighbour = await issue(other);
  for (const [event, rule] of Object.entries(eventRules) as [RegisterEvent, (typeof eventRules)['death']][]) {
    const { signSerial = '', authSerial = '' } = await issue(resident);
    const what: Parameters<typeof authority.ca.revokeByEvent>[0] = {
      municipality: '99201',
      resident: resident.id,
      event,
      actor: 'register',
    };
    const aliases: string[] = await authority.ca.revokeByEvent(what);
    const onCard = rule.ends.filter((profile) => !profile.startsWith('phone-'));
    assert.equal(aliases.length, onCard.length, event);
    const sign = await authority.ca.show({ serial: signSerial });
    const auth = await authority.ca.show({ serial: authSerial });
    assert.equal(sign?.revocation?.reason, rule.reason, event);
    assert.equal(auth?.status, rule.ends.includes('authentication') ? 'revoked' : 'valid', event);
    assert.deepEqual(await authority.ca.revokeByEvent(what), [], 'once');
  }
  for (const serial of [neighbour.signSerial, neighbour.authSerial]) {
    assert.equal((await authority.ca.show({ serial: serial ?? '' }))?.status, 'valid');
  }
});
