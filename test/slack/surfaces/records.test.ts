import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyMessage } from '../../../src/slack/answers/buttons.ts';
import { listMessage, standingMessage, unsettledMessage } from '../../../src/slack/answers/records.ts';
import type { Message } from '../../../src/slack/blocks/elements.ts';
import { fitting } from '../../../src/slack/posting.ts';
import { explain } from '../../../src/submissions/explain.ts';
import { at } from '../../submissions/records.ts';
import {
  CONFIDENTIAL,
  circumstances,
  entries,
  histories,
  lines,
  reviewStatuses,
  submissions,
} from './arbitrary.ts';
import { edits } from './arbitrary-edits.ts';
import { DEAL_PAGE, expectSlackToTake } from './in-slack.ts';
import { refusals } from './refusals.ts';

const refused = [
  { type: 'permission-unknown' },
  ...refusals.map((why) => ({ type: 'not-permitted', why }) as const),
] as const;

function expectToBeTold(message: Message): void {
  expectSlackToTake(message);
  const written = JSON.stringify(message);
  expect(written).not.toContain(CONFIDENTIAL);
  const texts = message.blocks.flatMap((block) => (block.type === 'section' ? [block.text?.text ?? ''] : []));
  for (const text of [message.text, ...texts]) expect(text).not.toMatch(/<!(?!date|subteam\^S07OPERATOR>)/);
  // Whole: nothing is left out.
  expect(fitting(message)).toBe(message);
}

test('status and list are taken by Slack with everything as long as it can be, and tell no detail', () => {
  fc.assert(
    fc.property(lines, lines, (some, others) => {
      expectToBeTold(listMessage({ type: 'list', own: some, team: others }, DEAL_PAGE));
      expectToBeTold(unsettledMessage({ type: 'unsettled', needsYou: some, underWay: others }, DEAL_PAGE));
    }),
  );
});

test('status of one is taken by Slack, whatever AWS says', () => {
  fc.assert(
    fc.property(
      entries,
      circumstances,
      reviewStatuses,
      edits,
      submissions,
      (entry, now, status, openEdit, doubt) => {
        const aws = { type: 'read', review: { status: 'unknown', shown: status }, at: at(0) } as const;
        const explanation = explain(entry, now);
        expectToBeTold(
          standingMessage({ type: 'record', entry, explanation, aws, openEdit, doubt }, 'AWS', DEAL_PAGE),
        );
        expectToBeTold(
          standingMessage({ type: 'no-record', opportunityId: 'O1', aws, openEdit }, 'AWS', DEAL_PAGE),
        );
      },
    ),
  );
});

test('a history is taken by Slack, whatever happened', () => {
  fc.assert(
    fc.property(histories, (history) => {
      expectToBeTold(historyMessage(history, DEAL_PAGE));
    }),
  );
});

test('who may not is told so in words', () => {
  for (const answer of refused) {
    expectToBeTold(listMessage(answer, DEAL_PAGE));
    expectToBeTold(unsettledMessage(answer, DEAL_PAGE));
    expectToBeTold(standingMessage(answer, 'Sandbox', DEAL_PAGE));
    expectToBeTold(historyMessage(answer, DEAL_PAGE));
  }
});
