import type { Database } from '../database/schema.ts';

export type Duties = ReturnType<typeof createDuties>;
export type DutyName = 'poll' | 'sweep' | 'baseline' | 'team' | 'remind' | 'digest';

/**
 * Duties of which only one replica at a time has each: its row is a lease, the time of the next turn, and
 * whatever the duty has to remember. A replica that dies loses its duties by time.
 */
export function createDuties({ db }: { db: Database }) {
  return {
    /** Takes the duty if its time has come and nobody else has it. Undefined: not this time. */
    async take(
      name: DutyName,
      options: {
        readonly owner: string;
        readonly at: Date;
        readonly leaseUntil: Date;
      },
    ): Promise<{ readonly value: string } | undefined> {
      const at = options.at.toISOString();
      await db
        .insertInto('duties')
        .values({ name, value: '', due_at: at })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      return db
        .updateTable('duties')
        .set({
          lease_owner: options.owner,
          lease_until: options.leaseUntil.toISOString(),
        })
        .where('name', '=', name)
        .where('due_at', '<=', at)
        .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', at)]))
        .returning('value')
        .executeTakeFirst();
    },

    /** What the duty has to remember; undefined: nobody has ever had it. */
    async value(name: DutyName): Promise<string | undefined> {
      const row = await db.selectFrom('duties').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },

    /** As if nobody had ever had it. */
    async forget(name: DutyName): Promise<void> {
      await db.deleteFrom('duties').where('name', '=', name).execute();
    },

    /** Keeps a duty that takes long. */
    async renew(
      name: DutyName,
      options: { readonly owner: string; readonly leaseUntil: Date },
    ): Promise<void> {
      await db
        .updateTable('duties')
        .set({ lease_until: options.leaseUntil.toISOString() })
        .where('name', '=', name)
        .where('lease_owner', '=', options.owner)
        .execute();
    },

    /** Gives the duty back until `againAt`, with what it has to remember. */
    async done(
      name: DutyName,
      options: {
        readonly owner: string;
        readonly at: Date;
        readonly value: string;
        readonly succeeded: boolean;
        readonly againAt: Date;
      },
    ): Promise<void> {
      await db
        .updateTable('duties')
        .set({
          value: options.value,
          lease_owner: null,
          lease_until: null,
          ...(options.succeeded ? { done_at: options.at.toISOString() } : {}),
          due_at: options.againAt.toISOString(),
        })
        .where('name', '=', name)
        .where('lease_owner', '=', options.owner)
        .execute();
    },
  };
}
