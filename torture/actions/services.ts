import { setTimeout as delay } from 'node:timers/promises';
import type { PartnerCentralFault } from '../../demo/partner-central/stand-in.ts';
import { catalog } from '../../test/crash/world.ts';
import { AWS_FAULTS, SLACK_FAULTS, SLACK_METHODS } from '../../test/replicas/trouble.ts';
import type { Action } from '../action.ts';
import { EXPIRED } from '../evidence.ts';

/** What AWS answers that has to do with the deal, the account or the operator, and not with the way there. */
const REFUSALS: readonly [PartnerCentralFault['kind'], ...PartnerCentralFault['kind'][]] = [
  { type: 'error', name: EXPIRED },
  { type: 'error', name: 'AccessDeniedException' },
  { type: 'error', name: 'ResourceNotFoundException' },
  {
    type: 'error',
    name: 'ValidationException',
    body: {
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [{ FieldName: 'LifeCycle.TargetCloseDate', Code: 'INVALID_VALUE', Message: 'No.' }],
    },
  },
];
const OPERATIONS = [
  'SubmitOpportunity',
  'SubmitOpportunity',
  'SubmitOpportunity',
  'GetOpportunity',
  'GetOpportunity',
  'ListOpportunities',
  'GetAwsOpportunitySummary',
  'UpdateOpportunity',
  'UpdateOpportunity',
  'AssociateOpportunity',
] as const;
const DECISIONS = [
  'In review',
  'Approved',
  'Rejected',
  'Action Required',
  'Action Required',
  'In-Review',
  'On hold',
] as const;
/** Of the machine, milliseconds: how long everything stays broken. */
const OUTAGE_MS = { least: 300, most: 2500 };

/** Of the machine, milliseconds. */
const WAIT_FOR_A_SUBMISSION_MS = 2000;

/** What AWS does, what others do there, and how the way there breaks. */
export const awsActions: readonly Action[] = [
  {
    name: 'a deal is entered',
    actor: 'AWS',
    weight: 11,
    act: ({ deals, random }) => deals.add(random),
  },
  {
    name: 'AWS reviews a deal',
    actor: 'AWS',
    weight: 8,
    act: ({ world, deals, random }) => {
      const stored = deals.stored(random, 'submitted');
      const status = random.pick(DECISIONS);
      deals.review(stored, status);
      const { Id: id } = stored.opportunity;
      // Best effort, at least once.
      for (let events = random.between(0, 2); events > 0; events -= 1) {
        world.queue?.sendOpportunityUpdated(catalog, id);
      }
      return `${id}: ${status}`;
    },
  },
  {
    name: 'something else comes out of the queue',
    actor: 'AWS',
    weight: 1,
    act: ({ world, deals, random }) => {
      const body = random.pick([
        '',
        '{"source":"aws.partnercentral-selling"}',
        'not even JSON <!channel>',
        JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', detail: {} }),
      ]);
      world.queue?.send(body);
      // Of a deal to which nothing has happened.
      world.queue?.sendOpportunityUpdated(random.pick([catalog, 'Sandbox']), deals.some(random));
      return body;
    },
  },
  {
    name: 'AWS moves a deal back to Pending Submission',
    actor: 'AWS',
    weight: 1,
    act: ({ deals, random }) => {
      const stored = deals.stored(random, 'submitted');
      deals.moveBack(stored);
      return stored.opportunity.Id;
    },
  },
  {
    name: 'somebody changes a deal in Partner Central',
    actor: 'AWS',
    weight: 3,
    act: ({ world, deals, random }) => {
      const stored = deals.stored(random, 'pending');
      const LastModifiedDate = world.clock.now().toISOString();
      world.aws.seed({ ...stored, opportunity: { ...stored.opportunity, LastModifiedDate } });
      return stored.opportunity.Id;
    },
  },
  {
    name: 'somebody submits a deal in Partner Central',
    actor: 'AWS',
    weight: 1,
    act: ({ deals, random }) => {
      const stored = deals.stored(random, 'pending');
      deals.submitElsewhere(stored);
      return stored.opportunity.Id;
    },
  },
  {
    name: 'a call to AWS goes wrong',
    actor: 'AWS',
    weight: 10,
    act: ({ world, random }) => {
      const operation = random.pick(OPERATIONS);
      const kind = random.pick(AWS_FAULTS);
      world.aws.clearFaults();
      world.aws.injectFault({ operation, kind, times: random.between(1, 2) });
      return `${operation}: ${JSON.stringify(kind)}`;
    },
  },
  {
    name: 'AWS executes a submission late',
    actor: 'AWS',
    weight: 1,
    act: ({ world, random }) => {
      const ms = random.pick([90_000, 20 * 60_000]);
      const answer = random.pick(['hang', 'reset'] as const);
      world.aws.clearFaults();
      world.aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'late', ms, answer }, times: 1 });
      return `${ms / 1000} s late, ${answer}`;
    },
  },
  {
    name: "AWS's reads lag, or do not any more",
    actor: 'AWS',
    weight: 1,
    act: ({ world, random }) => {
      const submitLagMs = random.pick([0, 4000, 90_000, 4 * 60_000]);
      world.aws.behave({ submitLagMs });
      return `${submitLagMs / 1000} s`;
    },
  },
  {
    name: 'AWS answers after the lease',
    actor: 'AWS',
    weight: 0.6,
    act: async ({ world, random }) => {
      const refusal = random.pick([undefined, ...REFUSALS]);
      const requests = () => world.aws.requests('SubmitOpportunity').length;
      const before = requests();
      world.aws.clearFaults();
      if (refusal !== undefined) {
        world.aws.injectFault({ operation: 'SubmitOpportunity', kind: refusal, times: 1 });
      }
      const thinks = { type: 'latency', ms: 30_000 } as const;
      const mend = world.aws.injectFault({ operation: 'SubmitOpportunity', kind: thinks, times: 1 });
      const until = performance.now() + WAIT_FOR_A_SUBMISSION_MS;
      while (requests() === before && performance.now() < until) await delay(20);
      mend();
      if (requests() === before) throw new Error('Nobody submitted anything.');
      await world.pass(61_000);
      return `a minute later: ${refusal?.type === 'error' ? refusal.name : 'accepted'}`;
    },
  },
  {
    name: 'AWS refuses a call',
    actor: 'AWS',
    weight: 3,
    act: ({ world, random }) => {
      const operation = random.pick(OPERATIONS);
      const kind = random.pick(REFUSALS);
      world.aws.clearFaults();
      world.aws.injectFault({ operation, kind, times: 1 });
      return `${operation}: ${kind.type === 'error' ? kind.name : kind.type}`;
    },
  },
  {
    name: 'AWS is away for a while',
    actor: 'AWS',
    weight: 0.4,
    act: async ({ world, random }) => {
      const ms = random.between(OUTAGE_MS.least, OUTAGE_MS.most);
      const mend = world.aws.injectFault({ kind: { type: 'reset', execute: false } });
      await delay(ms);
      mend();
      return `${ms} ms`;
    },
  },
];

/** How Slack and the way there break, and what people do to the bot's messages and places. */
export const slackActions: readonly Action[] = [
  {
    name: 'a call to Slack goes wrong',
    actor: 'Slack',
    weight: 8,
    act: ({ world, random }) => {
      const method = random.pick([...SLACK_METHODS, 'views.open', 'response_url'] as const);
      const kind = random.pick([...SLACK_FAULTS, { type: 'latency', ms: random.between(50, 1500) }] as const);
      world.slack.clearFaults();
      world.slack.injectFault({ method, kind, times: random.between(1, 2) });
      return `${method}: ${JSON.stringify(kind)}`;
    },
  },
  {
    name: 'Slack is away for a while',
    actor: 'Slack',
    weight: 0.3,
    act: async ({ world, random }) => {
      const ms = random.between(OUTAGE_MS.least, OUTAGE_MS.most);
      const mend = world.slack.injectFault({ kind: { type: 'http-500' } });
      await delay(ms);
      mend();
      return `${ms} ms`;
    },
  },
  {
    name: 'Slack drops the sockets',
    actor: 'Slack',
    weight: 0.2,
    act: ({ world, random }) => {
      const reason = random.pick([undefined, 'refresh_requested', 'warning'] as const);
      world.slack.disconnect(reason);
      return reason ?? 'without a word';
    },
  },
  {
    name: 'somebody deletes a message of the bot',
    actor: 'Slack',
    weight: 1,
    act: ({ world, random, channel }) => {
      const own = world.slack
        .messages(channel)
        .filter(({ user, deleted }) => user === world.slack.botUserId && !deleted);
      const message = own[random.between(Math.max(0, own.length - 10), own.length - 1)];
      if (message === undefined) throw new Error('There is none.');
      world.slack.deleteMessage(channel, message.ts);
      return message.text;
    },
  },
  {
    name: 'somebody removes the bot from the channel, or invites it',
    actor: 'Slack',
    weight: 1,
    act: ({ world: { slack }, channel }) => {
      const isThere = slack
        .channels()
        .some(({ id, members }) => id === channel && members.includes(slack.botUserId));
      if (isThere) slack.leave(channel, slack.botUserId);
      else slack.join(channel, slack.botUserId);
      return `${channel}: ${isThere ? 'removed' : 'invited'}`;
    },
  },
];
