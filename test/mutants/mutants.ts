/** A deliberate fault, and the tests that have to catch it. */
export interface Mutant {
  /** What is broken, in words. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly text: string;
  readonly instead: string;
  readonly tests: readonly string[];
}

export const occurrences = (source: string, text: string): number => source.split(text).length - 1;

const ATTEMPTS = 'src/attempts/attempt.ts';
const PACE = 'src/attempts/pace.ts';
const QUEUE = 'src/attempts/queue.ts';
const LEASE = 'src/database/lease.ts';
const POSTGRES = 'src/database/postgres.ts';
const LINEAGE = 'src/database/identity.ts';
const TRANSPORT = 'src/aws/transport.ts';
const CLIENT = 'src/aws/client.ts';
const SETTLE = 'src/submissions/sending/steps.ts';
const SUBMIT = 'src/submissions/sending/submit.ts';
const STATES = 'src/submissions/submission.ts';
const EDIT = 'src/edits/advance.ts';

const queue = 'test/submissions/sending/queue.test.ts';
const answers = 'test/submissions/sending/answers.test.ts';
const lineage = 'test/database/identity.test.ts';
const forgotten = 'test/e2e/queue/forgotten.test.ts';

/** In the core: what goes out, once, on what was read, and what is said of it. */
export const mutants: readonly Mutant[] = [
  // The fence, and what is left of the time after it.
  {
    name: 'the wall clock does not bound sending',
    file: ATTEMPTS,
    text: ' && clock.now().getTime() < latest }',
    instead: ' && latest > 0 }',
    tests: ['test/attempts/attempt.test.ts'],
  },
  {
    name: 'the monotonic clock does not bound sending',
    file: ATTEMPTS,
    text: 'maySend: () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && ',
    instead: 'maySend: () => fencedAt >= 0 && ',
    tests: ['test/attempts/attempt.test.ts'],
  },
  {
    name: 'what was read long ago is sent on',
    file: ATTEMPTS,
    text: 'clock.monotonic() - readAt + ms <= READ_STAYS_FRESH_MS',
    instead: 'readAt + ms <= Number.POSITIVE_INFINITY',
    tests: ['test/e2e/stale-read.test.ts'],
  },
  {
    name: 'a bot whose lock is gone sends on',
    file: ATTEMPTS,
    text: 'if (!hold.isOurs() || !(await isStillAllowed())) return undefined;',
    instead: 'if (hold.isOurs() && !(await isStillAllowed())) return undefined;',
    tests: ['test/attempts/attempt.test.ts'],
  },
  {
    name: 'the right is not asked for at the fence',
    file: ATTEMPTS,
    text: 'if (!hold.isOurs() || !(await isStillAllowed())) return undefined;',
    instead: 'if (!hold.isOurs()) return undefined;',
    tests: ['test/attempts/attempt.test.ts'],
  },
  {
    name: 'a lost fence is passed',
    file: ATTEMPTS,
    text: "if (fence.type === 'lost') return undefined;",
    instead: "if (fence.type === 'lost') return { record: claimed, fencedAt };",
    tests: ['test/attempts/attempt.test.ts'],
  },
  // The record is one attempt's.
  {
    name: 'a record that is somebody else’s by now is moved on',
    file: QUEUE,
    text: '({ id: claimed.id, state: claimed.state, ...heldBy(owner, claimed) }) as const;',
    instead:
      "({ id: claimed.id, state: claimed.state, ...(owner === '' ? heldBy(owner, claimed) : {}) }) as const;",
    tests: [queue],
  },
  {
    name: 'a record that has moved meanwhile is moved on from where it was',
    file: QUEUE,
    text: '({ id: claimed.id, state: claimed.state, ...heldBy(owner, claimed) }) as const;',
    instead: '({ id: claimed.id, ...heldBy(owner, claimed) }) as const;',
    tests: [queue, 'test/e2e/queue/cancel.test.ts'],
  },
  {
    name: 'what is under a lease is taken by another',
    file: LEASE,
    text: 'lease_until is null or lease_until <=',
    instead: 'lease_until is null or 0 <=',
    tests: [queue],
  },
  {
    name: 'a process takes over what it is at itself',
    file: LEASE,
    text: 'inHand.length === 0 ? sql`true`',
    instead: 'inHand.length >= 0 ? sql`true`',
    tests: [queue],
  },
  {
    name: 'a stop gives back what is being sent',
    file: QUEUE,
    text: "leases.release(table, owner, sql<boolean>`state <> 'sending'`)",
    instead: 'leases.release(table, owner)',
    tests: [queue],
  },
  {
    name: 'what was being sent when its process died is sent again',
    file: ATTEMPTS,
    text: `    await records.transition(problem === undefined ? claimed : { ...claimed, problem }, owner, {
      to: 'uncertain',`,
    instead: `    await records.answer(claimed, owner, {
      to: 'requested',`,
    tests: [forgotten],
  },
  // What AWS answered is kept, and nothing is guessed.
  {
    name: 'an answer of an attempt that another has overtaken is dropped',
    file: QUEUE,
    text: 'if (row.sent_by !== by && !isSetBack) return undefined;',
    instead: 'if (row.lease_owner !== owner || isSetBack) return undefined;',
    tests: [answers],
  },
  {
    name: 'somebody else’s answer is taken for this attempt’s',
    file: QUEUE,
    text: 'if (row.sent_by !== by && !isSetBack) return undefined;',
    instead: '',
    tests: [answers],
  },
  {
    name: 'what a process sent is forgotten where the database has lost it',
    file: SUBMIT,
    text: 'if (known === undefined) return false;',
    instead: 'if (known !== undefined || known === undefined) return false;',
    tests: [forgotten],
  },
  {
    name: 'after a failover nothing is held',
    file: LINEAGE,
    text: 'if (until <= at) return undefined;',
    instead: 'if (until > new Date(0)) return undefined;',
    tests: [lineage],
  },
  {
    name: 'a restored copy is taken for the original',
    file: LINEAGE,
    text: "if (row.copied_at !== null) return 'restore';",
    instead: '',
    tests: [lineage],
  },
  {
    name: 'a read credits our own request',
    file: SETTLE,
    text: "ours: isSetBack(claimed) ? 'maybe-sent' : 'in-doubt'",
    instead: "ours: 'not-sent'",
    tests: ['test/e2e/doubt.test.ts'],
  },
  {
    name: '“not seen” is concluded while the signature can still be accepted',
    file: SETTLE,
    text: 'if (!read.ok || !signatureOver) {',
    instead: 'if (!read.ok) {',
    tests: ['test/e2e/doubt.test.ts', 'test/e2e/doubts.test.ts'],
  },
  {
    name: 'a refusal that comes late is dropped',
    file: STATES,
    text: "late: ['submitted', 'refused', 'already_submitted', 'requested'],",
    instead: "late: ['submitted', 'already_submitted', 'requested'],",
    tests: [answers],
  },
  // Before it goes out, everything is asked anew.
  {
    name: 'a right that is gone is not asked for',
    file: ATTEMPTS,
    text: "if (permission.type === 'allowed') return true;",
    instead: "if (permission.type !== 'permission-unknown') return true;",
    tests: ['test/e2e/permissions.test.ts'],
  },
  {
    name: 'a right that Slack does not tell of is taken for granted',
    file: ATTEMPTS,
    text: "if (permission.type === 'allowed') return true;",
    instead: "if (permission.type !== 'not-permitted') return true;",
    tests: ['test/e2e/queue/slack-away.test.ts'],
  },
  {
    name: 'what is a day old is sent',
    file: ATTEMPTS,
    text: '>= EXPIRES_AFTER_MS;',
    instead: '>= 2 * EXPIRES_AFTER_MS;',
    tests: ['test/e2e/queue/expiry.test.ts'],
  },
  {
    name: "an older message's button opens the form of a deal of the same ID in the other catalog",
    file: 'src/slack/forms/modal.ts',
    text: 'of === undefined || of === now',
    instead: 'of !== undefined || of !== now',
    tests: ['test/e2e/moved.test.ts'],
  },
  {
    name: 'what was recorded for another catalog is sent',
    file: ATTEMPTS,
    text: 'if (claimed.catalog !== catalog) {',
    instead: "if (claimed.catalog !== catalog && claimed.catalog === 'AWS' && catalog === 'AWS') {",
    tests: ['test/e2e/moved.test.ts', 'test/e2e/settings.test.ts'],
  },
  {
    name: 'a deal that changed since the form is submitted',
    file: SUBMIT,
    text: 'return read.LastModifiedDate === claimed.lastModifiedDate',
    instead: "return read.LastModifiedDate !== ''",
    tests: ['test/e2e/once.test.ts', 'test/e2e/submit.test.ts'],
  },
  {
    name: 'a deal that AWS has already is submitted again',
    file: SUBMIT,
    text: "if (!isWithAws(status) && !(isMaybeSent && status === 'Action Required')) return false;",
    instead: "if (status !== 'Action Required' || !isMaybeSent) return false;",
    tests: ['test/e2e/once.test.ts', 'test/cli/backup.test.ts'],
  },
  {
    name: 'AWS’s pace is not kept',
    file: PACE,
    text: 'return isAhead(next, at) ? next : undefined;',
    instead: 'return next < at ? next : undefined;',
    tests: [queue],
  },
  {
    name: 'Cancel takes back what is being sent',
    file: QUEUE,
    text: ".where('state', '=', from)",
    instead: ".where('state', 'in', [from, 'sending'])",
    tests: ['test/submissions/store.test.ts', 'test/e2e/queue/cancel.test.ts'],
  },
  // The one call.
  {
    name: 'a request that was written is taken for not sent',
    file: TRANSPORT,
    text: 'return error instanceof NotConnected ? notSent(error.cause) : lost(error);',
    instead: 'return notSent(error instanceof NotConnected ? error.cause : error);',
    tests: ['test/aws/submit-opportunity.test.ts', 'test/aws/connection.test.ts'],
  },
  {
    name: 'a write goes out though its time is over',
    file: CLIENT,
    text: '(maySend() ? signed() : undefined)',
    instead: '(maySend() || true ? signed() : undefined)',
    tests: ['test/aws/submit-opportunity.test.ts', 'test/aws/connection.test.ts'],
  },
  {
    name: 'AWS’s own failure is taken for “not executed”',
    file: 'src/aws/errors.ts',
    text: 'if (answer.status >= 500 || type === undefined)',
    instead: 'if (type === undefined)',
    tests: ['test/aws/errors.test.ts'],
  },
  {
    name: 'a 200 of somebody in between is taken for AWS’s',
    file: 'src/aws/operations.ts',
    text: 'return nothing && result.requestId !== undefined',
    instead: 'return nothing || result.requestId !== undefined',
    tests: ['test/aws/submit-opportunity.test.ts'],
  },
  {
    name: 'a refusal is told before the deal is looked at',
    file: SUBMIT,
    text: "(field) => field.code === 'INVALID_RESOURCE_STATE' || field.code === 'ACTION_NOT_PERMITTED',",
    instead: "(field) => field.code === 'INVALID_RESOURCE_STATE' && field.code === 'ACTION_NOT_PERMITTED',",
    tests: ['test/e2e/once.test.ts'],
  },
  // What was committed is committed.
  {
    name: 'a commit in doubt is called recorded',
    file: 'src/forms/commit.ts',
    text: 'if (recorded === LATE) {',
    instead: "if (recorded === LATE && who.userId === '') {",
    tests: ['test/forms/commit.test.ts'],
  },
  {
    name: 'PostgreSQL may lose a commit that it has answered',
    file: POSTGRES,
    text: "else 'on' end, true)",
    instead: "else current_setting('synchronous_commit') end, true)",
    tests: ['test/database/postgres.test.ts'],
  },
  {
    name: 'SQLite may lose a commit that it has answered',
    file: 'src/database/connect.ts',
    text: "sqlite.pragma('synchronous = FULL');",
    instead: "sqlite.pragma('synchronous = NORMAL');",
    tests: ['test/database/connect.test.ts'],
  },
  {
    name: 'two requests for one opportunity are open at once',
    file: 'src/database/migrations/001-schema.ts',
    text: 'create unique index submissions_one_open',
    instead: 'create index submissions_one_open',
    tests: ['test/submissions/store.test.ts'],
  },
  // Edits.
  {
    name: 'what somebody else changed meanwhile is overwritten',
    file: EDIT,
    text: 'if (conflicts.length > 0) {',
    instead: 'if (conflicts.length > 99) {',
    tests: ['test/e2e/fix/conflict.test.ts'],
  },
  {
    name: 'what may have been changed back since is called not saved, where the records were set back',
    file: EDIT,
    text: 'LastModifiedDate === edit.lastModifiedDate && !may',
    instead: "LastModifiedDate !== '' && !may",
    tests: ['test/e2e/set-back.test.ts'],
  },
  {
    name: 'what AWS has redacted is written back',
    file: EDIT,
    text: 'if (sendsBackRedacted(json)) {',
    instead: "if (sendsBackRedacted(json) && newValues.has('')) {",
    tests: ['test/aws/update-request.test.ts', 'test/e2e/fix/doors.test.ts'],
  },
  {
    name: 'what AWS has beside an amount is overwritten',
    file: 'src/edits/progress.ts',
    text: '!newValues.has(path) && isMissing(valueAt(json, path))',
    instead: '!newValues.has(path)',
    tests: ['test/edits/progress.test.ts'],
  },
];
