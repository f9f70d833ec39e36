import { expect, test } from 'vitest';
import { onEachDatabase } from '../database/databases.ts';
import { at, claimedAt, recorded, sendingAt, storeOn } from './records.ts';

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const ids = ({ records }: { records: readonly { opportunityId: string }[] }) =>
    records.map(({ opportunityId }) => opportunityId);

  test('one’s own and everybody else’s, newest first, and how many more there are', async () => {
    for (const [number, userId] of ['U1', 'U2', 'U1', 'U1', 'U3'].entries()) {
      await recorded(store(), { opportunityId: `O${number}`, userId }, at(number));
    }
    await recorded(store(), { opportunityId: 'O9', userId: 'U1', catalog: 'AWS' }, at(9));
    const own = await store().recordsOf('Sandbox', 'U1', 2);
    expect(ids(own)).toEqual(['O3', 'O2']);
    expect(own).toMatchObject({ more: 1, orMore: false });
    const others = await store().recordsOfOthers('Sandbox', 'U1', 2);
    expect(ids(others)).toEqual(['O4', 'O1']);
    expect(others.more).toBe(0);
  });

  test('of an opportunity only the newest record counts, whoever made it', async () => {
    const first = await recorded(store(), { userId: 'U1' });
    await store().cancel(first.id, 'U1', at(1));
    await recorded(store(), { userId: 'U2' }, at(2));
    expect(ids(await store().recordsOf('Sandbox', 'U1', 5))).toEqual([]);
    expect(ids(await store().recordsOfOthers('Sandbox', 'U1', 5))).toEqual(['O1001']);
  });

  test.each([
    ['Submitted', 'under way'],
    ['In-Review', 'under way'],
    ['Escalated', 'under way'],
    ['Action Required', 'needs somebody'],
    ['action-required', 'needs somebody'],
    ['Approved', 'settled'],
    ['rejected', 'settled'],
  ])('submitted, and AWS says %s: %s', async (reviewStatus, where) => {
    await recorded(store());
    const sending = await sendingAt(store(), 'me', at(1));
    await store().transition(sending, 'me', {
      to: 'submitted',
      at: at(2),
      actor: 'bot',
      why: 'AWS accepted it',
      reviewStatus,
    });
    const needing = ids(await store().needingSomebody('Sandbox', 'U1', 5));
    const underWay = ids(await store().underWay('Sandbox', 'U1', 5));
    expect({ needing, underWay }).toEqual({
      needing: where === 'needs somebody' ? ['O1001'] : [],
      underWay: where === 'under way' ? ['O1001'] : [],
    });
    expect(ids(await store().underWay('Sandbox', 'U2', 5))).toEqual([]);
  });

  test('what is on its way, and what needs somebody before it goes anywhere', async () => {
    await recorded(store(), { opportunityId: 'O1' }, at(0));
    const changed = await claimedAt(store(), 'me', at(1));
    await store().transition(changed, 'me', { to: 'changed', at: at(2), actor: 'bot', why: 'changed' });
    await recorded(store(), { opportunityId: 'O2' }, at(3));
    await recorded(store(), { opportunityId: 'O3' }, at(4));
    const cancelled = await recorded(store(), { opportunityId: 'O4' }, at(5));
    await store().cancel(cancelled.id, 'U1', at(6));
    expect(ids(await store().needingSomebody('Sandbox', 'U1', 5))).toEqual(['O1']);
    expect(ids(await store().underWay('Sandbox', 'U1', 5))).toEqual(['O3', 'O2']);
  });
});
