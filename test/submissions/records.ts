import { randomUUID } from 'node:crypto';
import type { Connection } from '../../src/database/connect.ts';
import type { Choices, EditForm, ShownForm } from '../../src/forms/form.ts';
import { type Reading, type ReviewRead, reviewListed } from '../../src/opportunities/opportunity.ts';
import { createStore, type Store } from '../../src/submissions/store.ts';
import type { Reviewed, Submission } from '../../src/submissions/submission.ts';
import { replicaOn } from '../database/databases.ts';

/** Records and what they are made from, with good defaults. */

const START = Date.UTC(2026, 10, 23, 9);
/** A moment, in milliseconds from the start of the test's time. */
export const at = (ms: number): Date => new Date(START + ms);

export const CHOICES: Choices = { involvementType: 'Co-Sell', visibility: 'Full' };

export function aForm(given: Partial<ShownForm> = {}): ShownForm {
  return {
    id: randomUUID(),
    createdAt: at(0),
    teamId: 'T1',
    userId: 'U1',
    channelId: 'C1',
    threadTs: undefined,
    responseUrl: undefined,
    catalog: 'Sandbox',
    opportunityId: 'O1001',
    lastModifiedDate: '2026-11-20T08:00:00.123Z',
    readiness: undefined,
    choices: undefined,
    nationalSecurity: false,
    batchId: undefined,
    editing: undefined,
    ...given,
  };
}

/** A form for changing a deal that AWS has sent back. */
export const anEditForm = ({ responseUrl, ...given }: Partial<EditForm> = {}): EditForm => ({
  ...aForm(given),
  editing: {
    status: 'Action Required',
    answerUrl: responseUrl,
    shown: new Map([
      ['LifeCycle.TargetCloseDate', 'stamp'],
      ['Project.CustomerBusinessProblem', 'stamp'],
    ]),
  },
});

/** A record as it is told from, without a database. */
export function aSubmission(given: Partial<Reviewed> = {}): Reviewed {
  return {
    id: 'a-submission',
    formId: 'a-form',
    teamId: 'T1',
    userId: 'U1',
    channelId: 'C1',
    threadTs: undefined,
    responseUrl: undefined,
    batchId: undefined,
    catalog: 'Sandbox',
    opportunityId: 'O1001',
    lastModifiedDate: '2026-11-20T08:00:00.123Z',
    nationalSecurity: false,
    ...CHOICES,
    state: 'requested',
    requestedAt: at(0),
    sendingAt: undefined,
    changedAt: at(0),
    problem: undefined,
    requestId: undefined,
    reviewStatus: undefined,
    reviewReadAt: undefined,
    reviewChangedAt: undefined,
    dueAt: at(0),
    tries: 0,
    attempt: 0,
    ...given,
  };
}

export const storeOn = (
  connection: Connection,
  told: Pick<Parameters<typeof createStore>[0], 'onLost'> = {},
): Store => createStore({ ...replicaOn(connection), newId: randomUUID, ...told });

/** A request, recorded. */
export async function recorded(
  store: Store,
  given: Partial<ShownForm> = {},
  when: Date = at(0),
): Promise<Submission> {
  const answer = await store.record(aForm(given), CHOICES, when);
  if (answer.type !== 'recorded') throw new Error(`It was not recorded: ${answer.type}.`);
  return answer.submission;
}

/** Everything in a record's audit trail. */
export const eventsOf = async (store: Store, id: string) => (await store.trail(id, 999)).events;

/** What a list of AWS's says of an opportunity. */
export const aRead = (
  reviewStatus: string,
  { opportunityId = 'O1001', lastModifiedDate = 'no date', ...given }: Partial<ReviewRead> = {},
): ReviewRead => ({
  ...reviewListed({
    Id: opportunityId,
    LastModifiedDate: lastModifiedDate,
    LifeCycle: { ReviewStatus: reviewStatus },
  }),
  ...given,
});

/** A read of AWS's review of O1001, or another one; answers whether it was a step. */
export const reviewedAt = async (
  store: Store,
  status: string,
  when: Date,
  given: Partial<ReviewRead> & Partial<Pick<Reading, 'actor' | 'requestId' | 'asOf' | 'elsewhere'>> = {},
): Promise<boolean> => {
  const { actor = 'aws', elsewhere = 'leave', requestId, asOf, ...read } = given;
  const reading = { at: when, actor, elsewhere, requestId, asOf };
  return (await store.noteReviews('Sandbox', [aRead(status, read)], reading)) > 0;
};

/** As long as a lease lasts. */
export const LEASE_MS = 60_000;

/** Sending is switched on, and AWS's quota keeps nobody from claiming. */
export const SENDING = { paused: false, intervalMs: 60 * 60_000 } as const;

/** So many of what there is to take, or all. */
export async function takeAll<Taken>(
  take: () => Promise<Taken | undefined>,
  atMost = 100,
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  while (taken.length < atMost) {
    const next = await take();
    if (next === undefined) break;
    taken.push(next);
  }
  return taken;
}

/** What one worker takes at a moment: one, where nothing else is said. */
export const claimAt = (
  store: Store,
  owner: string,
  when: Date,
  { limit = 1, ...given }: Partial<Parameters<Store['claim']>[0]> & { readonly limit?: number } = {},
) => takeAll(() => store.claim({ ...SENDING, owner, at: when, ...given }), limit);

/** The one record that is due then, claimed. */
export async function claimedAt(store: Store, owner: string, when: Date): Promise<Submission> {
  const [claimed] = await claimAt(store, owner, when);
  if (claimed === undefined) throw new Error('Nothing was due.');
  return claimed;
}

export const fenceAt = (
  store: Store,
  claimed: Submission,
  owner: string,
  when: Date,
  intervalMs = 1000,
): ReturnType<Store['begin']> => store.begin(claimed, { owner, at: when, intervalMs });

/** A record on its way to AWS: past the fence, in `owner`'s hands. */
export async function sendingAt(store: Store, owner: string, when: Date): Promise<Submission> {
  const fence = await fenceAt(store, await claimedAt(store, owner, when), owner, when);
  if (fence.type !== 'sending') throw new Error(`The fence said ${fence.type}.`);
  return fence.record;
}
