import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createLeases } from '../../src/database/lease.ts';
import type { Database } from '../../src/database/schema.ts';
import { createEdits } from '../../src/edits/edits.ts';
import { createHomes } from '../../src/messages/home/homes.ts';
import { newTelling } from '../../src/messages/outbox.ts';
import { createTellings } from '../../src/messages/tellings.ts';
import { requestedRow } from '../../src/submissions/rows.ts';
import { createStore } from '../../src/submissions/store.ts';
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
      const on = { db: watched, dialect, leases, newId: randomUUID };
      const [store, edits, tellings, homes] = [
        createStore(on),
        createEdits(on),
        createTellings(on),
        createHomes(on),
      ];
      const sending = { ...SENDING, at: NOW };
      const watches = [store.watch(sending), edits.watch(sending), tellings.watch(NOW), homes.watch(NOW)];
      for (const { due, next } of watches) await sql`select ${due} as due, ${next} as next`.execute(watched);
      await store.claim({ ...sending, owner: 'w' });
      await tellings.claim({ at: NOW, owner: 'w' });
    });
    expect(plans).toHaveLength(6);
    // PostgreSQL reads a table that is empty, as edits and homes are here, whatever there is to look it up in.
    for (const plan of plans) {
      expect(plan).not.toMatch(
        /Seq Scan on (submissions|tellings)|SCAN (submissions|edits|tellings|homes)(?! USING INDEX)/,
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
    const tellings = numbers.map((number) => ({
      ...newTelling(`t${number}`, { kind: 'message', submissionId: `s${number}` }, at(number)),
      told_revision: 1,
    }));
    await db.insertInto('submissions').values(submissions).execute();
    await db.insertInto('tellings').values(tellings).execute();
  }
  await sql`analyze`.execute(db);
}
