import { describe, expect, test } from 'vitest';
import { submissionMessage } from '../../src/messages/kinds/submission.ts';
import { explain } from '../../src/submissions/explain.ts';
import { AT_ANY_TIME, answer, clientOf, scriptedServer, submission } from '../aws/scripted-server.ts';
import { expectSlackToTake } from '../slack/surfaces/in-slack.ts';
import { aSubmission } from '../submissions/records.ts';
import { areThere, reports, SKIPPED } from './recordings.ts';
import { readsIn } from './surfaces.ts';

/** As it was recorded in the header of two refusals. */
const namespace = 'http://internal.amazon.com/coral/com.amazon.partnerintegrationapi.common/';

/** The reports name a whole block by a star, and fields that weren't kept by a word in brackets. */
const fieldsOf = (name: string | null): readonly (string | undefined)[] => {
  if (name === null || name.startsWith('(')) return [undefined];
  if (name === 'marketing.*')
    return ['campaignName', 'useCases', 'channels', 'awsFundingUsed'].map((each) => `marketing.${each}`);
  if (name === 'softwareRevenue.*') return ['softwareRevenue.deliveryModel', 'softwareRevenue.value.amount'];
  return [name];
};

const cases = reports.map(({ operation, situation, exception, errorList }) => ({
  operation,
  situation,
  name: /^\w+Exception$/.test(exception) ? exception : 'ValidationException',
  ErrorList: errorList.flatMap(({ fieldName, code }) =>
    fieldsOf(fieldName).map((FieldName) => ({
      ...(FieldName === undefined ? {} : { FieldName }),
      Code: /^[A-Z_]+$/.test(code) ? code : 'INVALID_VALUE',
      Message: 'The message of the field',
    })),
  ),
}));

describe.runIf(areThere)('errors as people told of them, with an empty Message as AWS writes them', () => {
  test('are there', () => expect(cases.length).toBeGreaterThan(10));

  test.each(cases)('$operation, $situation', async ({ name, ErrorList }) => {
    const body = { Message: '', ...(ErrorList.length === 0 ? {} : { ErrorList }) };
    const { endpoint } = await scriptedServer([
      answer(400, body, { 'x-amzn-errortype': `${name}:${namespace}`, 'x-amzn-requestid': 'req-1' }),
    ]);
    const refused = await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME);
    if (refused.ok || refused.error.kind !== 'refused') throw new Error('It was not read as refused.');
    const { code, reason, message, fieldErrors } = refused.error;
    expect(code).toBe(name);
    expect(fieldErrors.map(({ code: each }) => each)).toEqual(ErrorList.map(({ Code }) => Code));

    const problem = {
      type: 'refused',
      code,
      reason,
      message,
      fieldErrors: fieldErrors.map((each) => ({ ...each })),
    } as const;
    const record = aSubmission({ state: 'refused', problem });
    const explanation = explain(record, { catalog: 'Sandbox', paused: false, waitingBefore: 0 });
    const shown = submissionMessage({ submission: record, explanation, dealPage: undefined });
    expectSlackToTake(shown);
    const reads = readsIn(shown).join('\n');
    expect(reads).not.toMatch(/HTTP \d|\d+ characters|The opportunity\*?:/);
    expect(reads).not.toContain(code);
    for (const { FieldName, Code } of ErrorList) {
      expect(reads).not.toContain(Code);
      if (FieldName !== undefined) expect(reads.toLowerCase()).not.toContain(FieldName.toLowerCase());
    }
    const isPath = (name: string) => /[a-z][A-Z]|\./.test(name);
    expect(explanation.fields.map(({ name: each }) => each).filter(isPath)).toEqual([]);
    const hasName = ErrorList.some(({ FieldName }) => FieldName !== undefined);
    expect(explanation.fields.length > 0 || !hasName).toBe(true);
  });
});

if (!areThere) test.skip(SKIPPED, () => {});
