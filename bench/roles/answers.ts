import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { demoInstallation } from '../../demo/slack/demo-workspace.ts';
import { CALLBACK } from '../../src/slack/ids.ts';
import { catalog, deal } from './deal.ts';
import { serve } from './serve.ts';

/**
 * AWS and Slack in one process, with fixed answers and no checks, so that they cost next to nothing: the demo's
 * stand-ins check every signature, view and block, and would be what is measured.
 */
const { team, botUserId, botId } = demoInstallation;
const dealText = JSON.stringify(deal);
const view = { id: 'V1', hash: '1.a', state: { values: {} } };

const slack: Readonly<Record<string, object>> = {
  'auth.test': { url: 'http://127.0.0.1', team_id: team.id, user: 'bot', user_id: botUserId, bot_id: botId },
  'users.info': { user: { id: 'U1', team_id: team.id, name: 'somebody' } },
  'views.open': { view },
  'views.update': { view },
  'chat.postMessage': { channel: 'C1', ts: '1.000001' },
  'chat.update': { channel: 'C1', ts: '1.000001' },
};
const slackAnswers = new Map(
  Object.entries(slack).map(([method, body]) => [`/api/${method}`, JSON.stringify({ ok: true, ...body })]),
);

/** Opportunities that lists show as in review; an order sets it. */
let listed = 0;
/** Lists that were asked for. */
let lists = 0;
const submissions: { readonly id: string; readonly hrtime: bigint; readonly signedAt: string }[] = [];
const submitted = new Set<string>();

/** Milliseconds that each answer takes; an order sets them. */
let takes = { slackMs: 0, awsMs: 0 };
const takesSchema = z.object({ slackMs: z.number(), awsMs: z.number() });

/** When Slack had shown what a person waits for, by the opportunity that it is about. */
const shown: { readonly what: 'form' | 'pending'; readonly id: string; readonly hrtime: string }[] = [];

/** Notes what a call to Slack shows: the form filled in, or that the approval is pending. */
function note(body: string): void {
  const text = decodeURIComponent(body.replaceAll('+', ' '));
  const [id] = /O1[0-9]{6}/.exec(text) ?? [];
  const what = text.includes(`"callback_id":"${CALLBACK.form}"`)
    ? 'form'
    : text.includes('Approval pending')
      ? 'pending'
      : undefined;
  if (id !== undefined && what !== undefined) {
    shown.push({ what, id, hrtime: process.hrtime.bigint().toString() });
  }
}

const named = z.object({
  Identifier: z.string().optional(),
  RelatedOpportunityIdentifier: z.string().optional(),
});
const listing = z.object({ NextToken: z.string().optional(), LastModifiedDate: z.unknown().optional() });
const PAGE = 100;

function pageAt(start: number): string {
  const ids = Array.from(
    { length: Math.min(PAGE, listed - start) },
    (_, index) => `O${100_000 + start + index}`,
  );
  return JSON.stringify({
    OpportunitySummaries: ids.map((Id) => ({
      Id,
      Catalog: catalog,
      LastModifiedDate: '2026-01-01T00:00:00.000Z',
      CreatedDate: '2026-01-01T00:00:00.000Z',
      Customer: { Account: { CompanyName: 'Northwind Fisheries', Industry: 'Agriculture' } },
      LifeCycle: { Stage: 'Qualified', ReviewStatus: 'In review', TargetCloseDate: '2027-06-30' },
    })),
    ...(start + PAGE < listed ? { NextToken: String(start + PAGE) } : {}),
  });
}

/** An operation's answer; undefined: there is no such thing. */
type Operation = (body: unknown, request: IncomingMessage) => string | undefined;

const operations: Readonly<Record<string, Operation>> = {
  GetOpportunity(body) {
    const { Identifier = '' } = named.parse(body);
    const shown = dealText.replaceAll('O1"', `${Identifier}"`);
    return submitted.has(Identifier) ? shown.replace('Pending Submission', 'Submitted') : shown;
  },
  SubmitOpportunity(body, { headers }) {
    const hrtime = process.hrtime.bigint();
    const { Identifier: id = '' } = named.parse(body);
    submissions.push({ id, hrtime, signedAt: String(headers['x-amz-date']) });
    submitted.add(id);
    return '';
  },
  GetAwsOpportunitySummary: () => undefined,
  ListOpportunities(body) {
    lists += 1;
    const { NextToken = '0', LastModifiedDate } = listing.parse(body);
    return LastModifiedDate === undefined ? pageAt(Number(NextToken)) : '{"OpportunitySummaries":[]}';
  },
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

const server = createServer(async (request, response) => {
  const body = await bodyOf(request);
  const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
  if (target === undefined) {
    const answer = slackAnswers.get(request.url ?? '') ?? '{"ok":true}';
    if (takes.slackMs > 0) await delay(takes.slackMs);
    note(body);
    // Each person is somebody else: what is known of one says nothing of the next.
    const [, person] = /(?:^|&)user=(\w+)/.exec(body) ?? [];
    const shown = person === undefined ? answer : answer.replace('"U1"', JSON.stringify(person));
    response.writeHead(200, { 'content-type': 'application/json' }).end(shown);
    return;
  }
  if (takes.awsMs > 0) await delay(takes.awsMs);
  const answer = operations[target]?.(JSON.parse(body), request);
  response
    .writeHead(answer === undefined ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': randomUUID(),
    })
    .end(answer ?? '{"__type":"ResourceNotFoundException","Message":"No such opportunity."}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  serve(
    { url: `http://127.0.0.1:${port}` },
    {
      list: (count) => {
        listed = z.number().parse(count);
      },
      lists: () => lists,
      takes: (input) => {
        takes = takesSchema.parse(input);
      },
      shown: () => shown,
      submissions: () => submissions.map((each) => ({ ...each, hrtime: each.hrtime.toString() })),
      count: () => submissions.length,
    },
  );
});
