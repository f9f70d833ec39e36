import type { KnownBlock } from '@slack/types';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { Submission } from '../../submissions/submission.ts';
import * as words from '../../words/messages.ts';
import { foreign } from '../text.ts';
import { section } from './elements.ts';

const COMMENT_LENGTH = 1400;
const MESSAGE_LENGTH = 300;
const MESSAGES_SHOWN = 8;

/** AWS's own words on a submission: the review's comments, and the texts of a refusal. May quote the deal. */
export function ownWordsBlocks(
  about: Pick<Submission, 'problem'> | { readonly state: 'elsewhere' },
  opportunity: Opportunity | undefined,
): KnownBlock[] {
  const comments = [opportunity?.LifeCycle?.ReviewStatusReason, opportunity?.LifeCycle?.ReviewComments]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => foreign(text ?? '', COMMENT_LENGTH));
  const problem = 'problem' in about ? about.problem : undefined;
  const refusal = problem?.type === 'refused' ? refusalTexts(problem) : [];
  // Two sections, each within Slack's size for one.
  return [comments, refusal]
    .filter((texts) => texts.length > 0)
    .map((texts) => section([words.awsExplanation, ...texts].join('\n')));
}

/** AWS's own texts of a refusal, a line each. */
export function refusalTexts(
  problem: Extract<NonNullable<Submission['problem']>, { type: 'refused' }>,
): string[] {
  return [
    ...(problem.message.trim() === '' ? [] : [foreign(problem.message, MESSAGE_LENGTH)]),
    ...problem.fieldErrors.slice(0, MESSAGES_SHOWN).map(
      (error) =>
        // AWS may leave its text out: its code is all there is then.
        `• ${error.fieldName === undefined ? '' : `${foreign(error.fieldName, 100)}: `}${foreign(error.message.trim() === '' ? error.code : error.message, 150)}`,
    ),
  ];
}
