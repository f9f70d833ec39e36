import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { filesIn, readFile } from '../project/imports.ts';

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

/** The operations of Partner Central that the bot calls: `GetOpportunity`, … */
function calledOperations(): string[] {
  const written = filesIn('src/partner-central').flatMap((file) => [
    ...readFile(file).matchAll(
      /^ {4}(\w+): async .*(?:\n(?! {4}\w).*)*?client\.(?:read|write)\(\s*'(\w+)'/gm,
    ),
  ]);
  const sources = filesIn('src').map(readFile);
  return written
    .filter(([, method]) => sources.some((source) => source.includes(`partnerCentral.${method}(`)))
    .map(([, , operation = '']) => operation)
    .sort();
}

/** Every operation that is written into the client's calls, called by anybody or not. */
const namedOperations = (): string[] =>
  filesIn('src/partner-central')
    .flatMap((file) => [...readFile(file).matchAll(/client\.(?:read|write)\(\s*'(\w+)'/g)])
    .map(([, operation = '']) => operation)
    .sort();

test('the operations are found where they are written', () => {
  expect(calledOperations()).toEqual(expect.arrayContaining(['GetOpportunity', 'SubmitOpportunity']));
  expect(calledOperations()).toEqual(namedOperations());
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
