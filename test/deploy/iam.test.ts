import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '../../rehearsal/gate.ts';
import { filesIn, readFile } from '../project/imports.ts';
import { readTemplate } from './cloudformation.ts';

const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.array(
    z.strictObject({
      Sid: z.string(),
      Effect: z.literal('Allow'),
      Action: z.array(z.string()),
      Resource: z.string(),
      Condition: z.unknown(),
    }),
  ),
});

/** The one file that calls SQS; everything else in its room calls Partner Central. */
const QUEUE = 'src/aws/queue.ts';
const ofPartnerCentral = filesIn('src/aws').filter((file) => file !== QUEUE);

/** Methods of the client with the operation each calls: `getOpportunity`, `GetOpportunity`. */
const written = ofPartnerCentral.flatMap((file) =>
  [
    ...readFile(file).matchAll(
      /^ {4}(\w+): async .*(?:\n(?! {4}\w).*)*?client\.(?:read|write)\(\s*'(\w+)'/gm,
    ),
  ].map(([, method = '', operation = '']) => ({ method, operation })),
);

/** The operations of Partner Central that the bot calls, each once. */
function calledOperations(): string[] {
  const sources = filesIn('src').map(readFile);
  const called = written.filter(({ method }) =>
    sources.some((source) => new RegExp(`\\b(?:aws|partnerCentral)\\.${method}\\(`).test(source)),
  );
  return [...new Set(called.map(({ operation }) => operation))].sort();
}

test('every operation is found where it is written', () => {
  const named = ofPartnerCentral.flatMap((file) =>
    [...readFile(file).matchAll(/client\.(?:read|write)\(\s*'(\w+)'/g)].map(([, name = '']) => name),
  );
  expect(written.map(({ operation }) => operation)).toEqual(named);
  expect(calledOperations()).toEqual(expect.arrayContaining(['GetOpportunity', 'SubmitOpportunity']));
});

describe.each([
  { file: 'deploy/iam/sandbox.json', catalog: 'Sandbox' },
  { file: 'deploy/iam/production.json', catalog: 'AWS' },
])('$file', ({ file, catalog }) => {
  const { Statement } = policySchema.parse(JSON.parse(readFile(file)));

  test('allows the operations the bot calls, and nothing else', () => {
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(
      calledOperations().map((operation) => `partnercentral:${operation}`),
    );
  });

  test('in one catalog, and on opportunities where the service knows the resource', () => {
    for (const { Action, Resource, Condition } of Statement) {
      expect(Condition).toEqual({ StringEquals: { 'partnercentral:Catalog': catalog } });
      const lists = Action.every((action) => action.startsWith('partnercentral:List'));
      expect(Resource).toBe(
        lists ? '*' : `arn:aws:partnercentral:us-east-1:123456789012:catalog/${catalog}/opportunity/*`,
      );
    }
  });
});

test("the rehearsal's own policy allows what its gate lets through, in Sandbox, and is no part of the bot's", () => {
  const { Statement } = policySchema.parse(JSON.parse(readFile('deploy/iam/rehearsal.json')));
  expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(
    Object.keys(OPERATIONS)
      .map((operation) => `partnercentral:${operation}`)
      .sort(),
  );
  for (const { Action, Resource, Condition } of Statement) {
    expect(Condition).toEqual({ StringEquals: { 'partnercentral:Catalog': 'Sandbox' } });
    const named = Action.every((action) => /(?<!Create|List)Opportunity$|Summary$/.test(action));
    expect(Resource).toBe(
      named ? 'arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/*' : '*',
    );
  }
});

test("the queue of events: docs/events.md and the template's role allow the operations that are called, and nothing else", () => {
  // A batch takes the right to its one.
  const called = [...readFile(QUEUE).matchAll(/client\.read\(\s*'(\w+?)(?:Batch)?'/g)].map(
    ([, name]) => `sqs:${name}`,
  );
  expect(called).toContain('sqs:ReceiveMessage');
  const [, documented = ''] =
    /"Action": (\[[^\]]*"sqs:ReceiveMessage"[^\]]*\])/.exec(readFile('docs/events.md')) ?? [];
  expect(JSON.parse(documented)).toEqual(called.sort());
  const { TaskRole } = readTemplate('deploy/cloudformation.yml').Resources;
  expect(TaskRole?.Properties.Policies).toContainEqual({
    PolicyName: 'events',
    PolicyDocument: expect.objectContaining({
      Statement: [{ Effect: 'Allow', Action: called, Resource: { 'Fn::GetAtt': ['Events', 'Arn'] } }],
    }),
  });
});
