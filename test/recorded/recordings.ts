import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Answers that AWS gave others, kept beside the project, not in it. */
const FOLDER = fileURLToPath(new URL('../../../shared/aws/recorded', import.meta.url));

export const areThere = existsSync(FOLDER);

/** The name of the one test that there is where the recordings aren't. */
export const SKIPPED = 'skipped: AWS’s recorded answers (../shared/aws/recorded) are not here';

export const OPERATIONS = [
  'AssociateOpportunity',
  'GetAwsOpportunitySummary',
  'GetOpportunity',
  'ListOpportunities',
  'ListSolutions',
  'SubmitOpportunity',
  'UpdateOpportunity',
  'CreateOpportunity',
  'ListEngagementResourceAssociations',
] as const;
/** What the bot calls, and the last two the rehearsal. */
export type Operation = (typeof OPERATIONS)[number];

/** Of operations that the bot doesn't call. */
const ELSEWHERE: readonly string[] = [
  // Deals are assigned in Partner Central or by a CRM; solutions are only added.
  'assign-opportunity',
  // Kept without its status.
  'create-opportunity.estimation-url.2026',
  'disassociate-opportunity',
  // Engagements, their invitations and AWS's leads.
  'accept-engagement-invitation',
  'get-engagement-invitation.2024',
  'get-engagement-invitation.pending.aws-referral',
  'get-engagement-invitation.pending.from-partner',
  'get-engagement-invitation.pending.lead',
  'get-engagement',
  'get-engagement.lead',
  'get-resource-snapshot',
  'list-engagement-by-accepting-invitation-tasks',
  'list-engagement-from-opportunity-tasks.2025-01',
  'list-engagement-from-opportunity-tasks',
  'list-engagement-invitations.2024',
  'list-engagement-invitations.accepted.from-partner',
  'list-engagement-invitations.pending.aws-referrals',
  'reject-engagement-invitation',
  'start-engagement-by-accepting-invitation.2024-no-task-id',
  'start-engagement-by-accepting-invitation.complete',
  'start-engagement.complete.2024-no-task-id',
  'start-engagement.complete.co-sell.2025-11',
  'start-engagement.complete.co-sell',
  'start-engagement.complete.for-visibility-only',
  'start-opportunity-from-engagement.complete',
  // AWS Marketplace.
  'marketplace-catalog.list-entities.offers',
];

const headers = z.record(z.string(), z.string());
const members = z.record(z.string(), z.unknown());

const answerFile = z.object({
  operation: z.enum(OPERATIONS),
  status: z.literal(200),
  headers,
  request: members,
  /** Null: an empty body. */
  response: members.nullable(),
});

/** An answer of an operation that the bot calls. */
export interface Recording extends z.infer<typeof answerFile> {
  readonly name: string;
}

const eventFile = z.object({ events: z.array(members).min(1) });

const reportFile = z.object({
  errors: z.array(
    z.object({
      operation: z.string(),
      situation: z.string(),
      exception: z.string(),
      errorList: z.array(z.object({ fieldName: z.string().nullable(), code: z.string() })),
    }),
  ),
});

const elsewhereFile = z.object({ operation: z.string(), response: members.nullable() });

const read = (name: string): unknown => JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'));

const names = (areThere ? readdirSync(FOLDER) : [])
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));
const eventNames = names.filter((name) => name.startsWith('event.'));
const REPORTS = 'errors.reported';

/** Every recorded answer of an operation that the bot calls: whatever nobody named as another's is read as one. */
export const recordings: readonly Recording[] = names
  .filter((name) => !eventNames.includes(name) && !ELSEWHERE.includes(name) && name !== REPORTS)
  .map((name) => ({
    name,
    ...answerFile.parse(read(name), { error: () => `${name} is no answer we know` }),
  }));

/** A recorded answer that isn't empty. */
export const bodyOf = ({ name, response }: Recording): Readonly<Record<string, unknown>> => {
  if (response === null) throw new Error(`${name} has an empty body.`);
  return response;
};

export const of = (operation: Operation): readonly Recording[] =>
  recordings.filter((recording) => recording.operation === operation);

/** Events as EventBridge puts them into a queue, by the file they are in. */
export const events = eventNames.flatMap((name) =>
  eventFile.parse(read(name)).events.map((event) => ({ name, event })),
);

/** Errors as people told of them: no recordings. */
export const reports = names.includes(REPORTS) ? reportFile.parse(read(REPORTS)).errors : [];

/** What belongs to others, and whether it is there. */
export const elsewhere = ELSEWHERE.map((name) => ({
  name,
  ...(names.includes(name) ? elsewhereFile.parse(read(name)) : { operation: undefined, response: null }),
}));
