import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/submissions/store.ts';
import { onEachDatabase } from '../database/databases.ts';
import {
  aForm,
  aRead,
  at,
  CHOICES,
  claimAt,
  claimedAt,
  eventsOf,
  fenceAt,
  recorded,
  reviewedAt,
  sendingAt,
  storeOn,
} from './records.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const replicas = () => database().replicas.map((replica) => storeOn(replica));
  /** The nth replica, round and round. */
  const replica = (index: number): Store => {
    const all = replicas();
    return all[index % all.length] ?? store();
  };

  describe('forms', () => {
    test('a form comes back as it was saved', async () => {
      const form = aForm({
        responseUrl: 'https://hooks.slack.example/commands/1',
        threadTs: '1700000000.000100',
        choices: { involvementType: 'For Visibility Only', visibility: 'Limited' },
        nationalSecurity: true,
        userId: 'Ü𝕏"\'--',
      });
      await store().saveForm(form);
      expect(await store().form(form.id)).toEqual(form);
    });

    test('a form saved again is the newer one', async () => {
      const form = aForm();
      await store().saveForm(form);
      await store().saveForm({ ...form, opportunityId: 'O2', lastModifiedDate: 'later' });
      expect(await store().form(form.id)).toMatchObject({ opportunityId: 'O2', lastModifiedDate: 'later' });
    });

    test('forms older than a moment are forgotten, newer ones and records stay', async () => {
      const old = aForm({ createdAt: at(0) });
      const fresh = aForm({ createdAt: at(1000) });
      await store().saveForm(old);
      await store().saveForm(fresh);
      const submission = await recorded(store(), old);
      await store().forgetForms(at(1000));
      expect(await store().form(old.id)).toBeUndefined();
      expect(await store().form(fresh.id)).toBeDefined();
      expect(await store().find(submission.id)).toBeDefined();
    });

    test('what is delivered again is known, until it is forgotten, whichever replica it reaches', async () => {
      const firsts = await Promise.all(range(6).map((index) => replica(index).firstDeliveries(['1'], at(0))));
      expect(firsts.flat()).toEqual(['1']);
      expect(await store().firstDeliveries(['1', '2'], at(10))).toEqual(['2']);
      await store().forgetDeliveries(at(10));
      expect(await store().firstDeliveries(['1', '2'], at(20))).toEqual(['1']);
    });

    test('a form nobody opened is nothing', async () => {
      expect(await store().form('no-such-form')).toBeUndefined();
    });
  });

  describe('recording a request', () => {
    test('the record holds what the form held, and is due at once', async () => {
      const form = aForm({
        nationalSecurity: true,
        responseUrl: 'https://hooks.slack.example/1',
        threadTs: '1700000000.000100',
      });
      const submission = await recorded(store(), form, at(5));
      expect(submission).toMatchObject({
        formId: form.id,
        teamId: 'T1',
        userId: 'U1',
        channelId: 'C1',
        threadTs: '1700000000.000100',
        responseUrl: 'https://hooks.slack.example/1',
        catalog: 'Sandbox',
        opportunityId: 'O1001',
        lastModifiedDate: '2026-11-20T08:00:00.123Z',
        nationalSecurity: true,
        ...CHOICES,
        state: 'requested',
        requestedAt: at(5),
        changedAt: at(5),
        dueAt: at(5),
        sendingAt: undefined,
        tries: 0,
        attempt: 0,
      });
      expect(await store().find(submission.id)).toEqual(submission);
    });

    test('pressing Submit again in the same form finds the same record', async () => {
      const form = aForm();
      const first = await recorded(store(), form);
      const again = await store().record(form, CHOICES, at(10));
      expect(again).toEqual({ type: 'again', submission: first });
    });

    test('pressing it again after it was settled still finds that record, and makes no second one', async () => {
      const form = aForm();
      const first = await recorded(store(), form);
      await store().cancel(first.id, 'U1', at(1));
      expect(await store().record(form, CHOICES, at(2))).toMatchObject({
        type: 'again',
        submission: { id: first.id, state: 'cancelled' },
      });
    });

    test('one form pressed many times at once is one record', async () => {
      const form = aForm();
      const answers = await Promise.all(range(12).map((n) => replica(n).record(form, CHOICES, at(n))));
      expect(answers.filter(({ type }) => type === 'recorded')).toHaveLength(1);
      expect(answers.filter(({ type }) => type === 'again')).toHaveLength(11);
      expect(new Set(answers.map(({ submission }) => submission.id)).size).toBe(1);
    });

    test('many forms for one opportunity at once are one open record, and everybody is told which', async () => {
      const answers = await Promise.all(
        range(12).map((n) => replica(n).record(aForm({ userId: `U${n}` }), CHOICES, at(n))),
      );
      const [winner, ...others] = answers.filter(({ type }) => type === 'recorded');
      expect(others).toEqual([]);
      expect(answers.filter(({ type }) => type === 'open')).toHaveLength(11);
      expect(new Set(answers.map(({ submission }) => submission.id))).toEqual(
        new Set([winner?.submission.id]),
      );
    });

    test('the same ID in the other catalog is another opportunity', async () => {
      await recorded(store(), { catalog: 'Sandbox' });
      expect(await store().record(aForm({ catalog: 'AWS' }), CHOICES, at(0))).toMatchObject({
        type: 'recorded',
      });
    });

    test.each(['requested', 'sending', 'uncertain'] as const)(
      'while one is %s, no other form can make a second one',
      async (state) => {
        const first = await recorded(store());
        if (state !== 'requested') {
          const sending = await sendingAt(store(), 'w', at(0));
          if (state === 'uncertain') {
            await store().transition(sending, 'w', { to: state, at: at(1), actor: 'bot', why: 'test' });
          }
        }
        expect(await store().record(aForm(), CHOICES, at(2))).toMatchObject({
          type: 'open',
          submission: { id: first.id, state },
        });
      },
    );

    test('after it was settled, another form makes a new record, and that is the newest', async () => {
      const first = await recorded(store(), {}, at(0));
      await store().cancel(first.id, 'U1', at(1));
      const second = await recorded(store(), {}, at(2));
      expect(second.id).not.toBe(first.id);
      expect(await store().entryOf('Sandbox', 'O1001')).toMatchObject(second);
      expect(await store().entryOf('AWS', 'O1001')).toBeUndefined();
    });

    test('Submit finds one open, which is taken back before it is read: it is recorded all the same', async ({
      skip,
    }) => {
      const [mine, other] = database().replicas;
      if (mine === undefined || other === undefined) return skip('one replica only');
      const first = await recorded(storeOn(other));
      let conflicted = false;
      const db = mine.db.withPlugin({
        transformQuery: ({ node }) => node,
        transformResult: async ({ result }) => {
          if (!conflicted && result.rows.length === 0) {
            conflicted = true;
            await storeOn(other).cancel(first.id, 'U1', at(1));
          }
          return result;
        },
      });
      const answer = await storeOn({ ...mine, db }).record(aForm(), CHOICES, at(2));
      expect(answer).toMatchObject({ type: 'recorded', submission: { state: 'requested' } });
    });

    test('Submit while another one is being taken back is always answered, and never makes two', async () => {
      for (const round of range(12)) {
        const opportunityId = `O${round + 1}`;
        const first = await recorded(store(), { opportunityId });
        const [, ...answers] = await Promise.allSettled([
          replica(0).cancel(first.id, 'U1', at(1)),
          ...range(4).map((n) => replica(n + 1).record(aForm({ opportunityId }), CHOICES, at(1))),
        ]);
        const types = answers.map((answer) =>
          answer.status === 'fulfilled' ? answer.value.type : answer.reason,
        );
        expect(['open', 'recorded']).toEqual(expect.arrayContaining(types));
        expect(types.filter((type) => type === 'recorded').length).toBeLessThanOrEqual(1);
      }
    });
  });

  describe('taking back', () => {
    test('a request that waits is taken back, and nobody works on it any more', async () => {
      const { id } = await recorded(store());
      expect(await store().cancel(id, 'U2', at(3))).toMatchObject({
        state: 'cancelled',
        changedAt: at(3),
        dueAt: undefined,
      });
      expect(await claimAt(store(), 'w', at(100_000))).toEqual([]);
      expect(await store().cancel(id, 'U2', at(4))).toBeUndefined();
    });

    test('what is being sent can no longer be taken back', async () => {
      const { id } = await recorded(store());
      await sendingAt(store(), 'w', at(0));
      expect(await store().cancel(id, 'U1', at(1))).toBeUndefined();
      expect(await store().find(id)).toMatchObject({ state: 'sending' });
    });

    test('of Cancel and the fence at the same moment exactly one wins', async () => {
      for (const round of range(10)) {
        const { id } = await recorded(store(), { opportunityId: `O${round + 1}` });
        const claimed = await claimedAt(store(), 'w', at(0));
        const [cancelled, fence] = await Promise.all([
          replica(1).cancel(id, 'U1', at(0)),
          fenceAt(replica(2), claimed, 'w', at(0), 0),
        ]);
        expect([cancelled !== undefined, fence.type]).toEqual(
          cancelled === undefined ? [false, 'sending'] : [true, 'lost'],
        );
        expect((await store().find(id))?.state).toBe(cancelled === undefined ? 'sending' : 'cancelled');
      }
    });

    test('what nobody recorded cannot be taken back', async () => {
      expect(await store().cancel('no-such-record', 'U1', at(0))).toBeUndefined();
      expect(await store().find('no-such-record')).toBeUndefined();
    });
  });

  describe("AWS's review", () => {
    const submitted = async () => {
      await recorded(store());
      const sending = await sendingAt(store(), 'w', at(0));
      const submission = await store().transition(sending, 'w', {
        to: 'submitted',
        at: at(1),
        actor: 'bot',
        why: 'AWS accepted it',
        review: aRead('Submitted'),
      });
      if (submission === undefined) throw new Error('It was not submitted.');
      return submission;
    };

    test('any status may follow any other, unknown ones and the same ones included', async () => {
      const { id } = await submitted();
      const statuses = [
        'In review',
        'Action Required',
        'In review',
        'Approved',
        'On Hold',
        'Submitted',
        'Submitted',
      ];
      const news: boolean[] = [];
      for (const [n, status] of statuses.entries()) {
        news.push(await reviewedAt(store(), status, at(10 + n), { nationalSecurity: false }));
        expect(await store().find(id)).toMatchObject({ reviewStatus: status, reviewReadAt: at(10 + n) });
      }
      expect(news).toEqual([true, true, true, true, true, true, false]);
    });

    test('two replicas that read the same new status at once tell it once', async () => {
      await submitted();
      const steps = await Promise.all(range(6).map((n) => reviewedAt(replica(n), 'Approved', at(20))));
      expect(steps.filter((isStep) => isStep)).toHaveLength(1);
    });

    test('a read that finds nothing new moves only the time of reading', async () => {
      const { id, changedAt } = await submitted();
      const before = await store().reviewTrail({ catalog: 'Sandbox', opportunityId: 'O1001' }, 9);
      expect(await reviewedAt(store(), 'Submitted', at(99), { nationalSecurity: false })).toBe(false);
      expect(await store().find(id)).toMatchObject({ reviewReadAt: at(99), changedAt });
      expect(await store().reviewTrail({ catalog: 'Sandbox', opportunityId: 'O1001' }, 9)).toEqual(before);
    });

    test('of an opportunity that nobody here knows nothing is written', async () => {
      expect(await reviewedAt(store(), 'Approved', at(0), { opportunityId: 'O7' })).toBe(false);
      expect(await store().entryOf('Sandbox', 'O7')).toBeUndefined();
    });

    test('what AWS said before it accepted the submission holds no more', async () => {
      const { id } = await recorded(store(), {}, at(0));
      await reviewedAt(store(), 'Action Required', at(1));
      await store().transition(await sendingAt(store(), 'w', at(2)), 'w', {
        to: 'submitted',
        at: at(3),
        actor: 'bot',
        why: 'AWS accepted it',
      });
      expect(await store().find(id)).toMatchObject({ reviewStatus: undefined });
      expect(await reviewedAt(store(), 'Action Required', at(4), { asOf: at(2) })).toBe(false);
      expect(await reviewedAt(store(), 'Submitted', at(5))).toBe(true);
    });
  });

  describe('the audit trail', () => {
    test('says of every change when, who, from what, to what, why, and by which request', async () => {
      const { id } = await recorded(store(), { userId: 'U7' }, at(0));
      const sending = await sendingAt(store(), 'w', at(1));
      await store().transition(sending, 'w', {
        to: 'submitted',
        at: at(2),
        actor: 'bot',
        why: 'AWS accepted it',
        requestId: 'request-1',
        review: aRead('Submitted'),
      });
      await reviewedAt(store(), 'Approved', at(3), { requestId: 'request-2' });
      const trail = (await eventsOf(store(), id)).map((event) => [
        event.at,
        event.actor,
        event.from,
        event.to,
        event.why,
        event.requestId,
      ]);
      expect(trail).toEqual([
        [at(0), 'U7', null, 'requested', 'Co-Sell, Full', undefined],
        [at(1), 'bot', 'requested', 'sending', 'SubmitOpportunity is next', undefined],
        [at(2), 'bot', 'sending', 'submitted', 'AWS accepted it', 'request-1'],
      ]);
      const { events } = await store().reviewTrail({ catalog: 'Sandbox', opportunityId: 'O1001' }, 9);
      expect(events).toEqual([
        { at: at(2), actor: 'bot', what: 'review', from: undefined, to: 'Submitted', requestId: 'request-1' },
        {
          at: at(3),
          actor: 'aws',
          what: 'review',
          from: 'Submitted',
          to: 'Approved',
          requestId: 'request-2',
        },
      ]);
    });

    test('tells the changes of one millisecond in the order in which they happened', async () => {
      for (const round of range(6)) {
        const { id } = await recorded(store(), { opportunityId: `O${round + 1}` }, at(0));
        const sending = await sendingAt(store(), 'w', at(round * 1000));
        await store().transition(sending, 'w', {
          to: 'submitted',
          at: at(round * 1000),
          actor: 'bot',
          why: 'AWS accepted it',
        });
        expect((await eventsOf(store(), id)).map((event) => event.to)).toEqual([
          'requested',
          'sending',
          'submitted',
        ]);
      }
    });

    test('an older read never takes a status back, and tells no decision again', async () => {
      const { id } = await recorded(store(), {}, at(0));
      const sending = await sendingAt(store(), 'w', at(1));
      await store().transition(sending, 'w', {
        to: 'submitted',
        at: at(2),
        actor: 'bot',
        why: 'AWS accepted it',
      });
      const read = (status: string, ms: number, lastModifiedDate: string) =>
        reviewedAt(store(), status, at(ms), { lastModifiedDate });
      await read('In review', 10, '2026-11-23T09:00:00Z');
      expect(await read('Approved', 30, '2026-11-23T09:05:00.000Z')).toBe(true);
      // A list that lags, asked later; and a slow answer to an earlier question, with the same date.
      expect(await read('In review', 40, '2026-11-23T09:00:00Z')).toBe(false);
      expect(await read('In review', 20, '2026-11-23T09:05:00Z')).toBe(false);
      expect((await store().find(id))?.reviewStatus).toBe('Approved');
      expect(await read('Approved', 50, '2026-11-23T09:05:00Z')).toBe(false);
      expect(await read('Rejected', 60, '2026-11-23T09:05:00Z')).toBe(true);
    });

    test('a request that was pressed twice is in it once', async () => {
      const form = aForm();
      const { id } = await recorded(store(), form);
      await store().record(form, CHOICES, at(1));
      await store().record(aForm(), CHOICES, at(1));
      expect(await eventsOf(store(), id)).toHaveLength(1);
    });
  });
});
