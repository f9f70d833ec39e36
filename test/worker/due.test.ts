import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createLeases } from '../../src/database/lease.ts';
import type { Database } from '../../src/database/schema.ts';
import { createEdits } from '../../src/edits/edits.ts';
import { newMessage } from '../../src/messages/outbox.ts';
import { createOutbox } from '../../src/messages/queue.ts';
import { createStore } from '../../src/submissions/store.ts';
import { requestedRow } from '../../src/submissions/submission.ts';
import { onEachDatabase } from '../database/databases.ts';
import { plansOf } from '../database/plans.ts';
import { aForm, at, CHOICES, SENDING } from '../submissions/records.ts';

const MANY = 3000;
const NOW = at(MANY * 2);

onEachDatabase((database) => {
  test('what is due is looked up and taken by an index, however much there is that is not', async () => {
    const { db, dialect } = database();
    await seed(db);
    const plans = await plansOf(db, dialect, async (watched) => {
      const leases = createLeases({ db: watched, dialect, clock: systemClock });
      const lineage = { setBack: async () => undefined };
      const on = { db: watched, dialect, leases, lineage, newId: randomUUID };
      const store = createStore(on);
      const [edits, outbox] = [createEdits({ ...on, store }), createOutbox(on)];
      const sending = { ...SENDING, at: NOW };
      const watches = [
        store.watch(sending),
        edits.watch(sending),
        outbox.watch('messages', NOW),
        outbox.watch('home tabs', NOW),
      ];
      for (const { due, next } of watches) await sql`select ${due} as due, ${next} as next`.execute(watched);
      await store.claim({ ...sending, owner: 'w' });
      await outbox.claim('messages', { at: NOW, owner: 'w' });
    });
    expect(plans).toHaveLength(6);
    // PostgreSQL reads a table that is empty, as edits are here, whatever there is to look it up in.
    for (const plan of plans) {
      expect(plan).not.toMatch(
        /Seq Scan on (submissions|outbox)|SCAN (submissions|edits|outbox)(?! USING INDEX)/,
      );
    }
  });
});

/** Settled submissions whose messages are told: nothing of it is due. */
async function seed(db: Database): Promise<void> {
  for (let start = 0; start < MANY; start += 250) {
    const numbers = Array.from({ length: 250 }, (_, index) => start + index);
    const submissions = numbers.map((number) => ({
      ...requestedRow(
        `s${number}`,
        aForm({ id: `d${number}`, opportunityId: `O${number}` }),
        CHOICES,
        at(number),
      ),
      state: 'submitted',
      due_at: null,
    }));
    const outbox = numbers.map((number) => ({
      ...newMessage(`t${number}`, { kind: 'submission', submissionId: `s${number}` }, at(number)),
      told_revision: 1,
    }));
    await db.insertInto('submissions').values(submissions).execute();
    await db.insertInto('outbox').values(outbox).execute();
  }
  await sql`analyze`.execute(db);
}
