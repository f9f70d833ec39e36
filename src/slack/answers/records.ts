import type { KnownBlock, SectionBlock } from '@slack/types';
import { type Catalog, catalogName } from '../../aws/terms.ts';
import { submissionMessage } from '../../messages/kinds/submission.ts';
import { approvalPending } from '../../submissions/outcomes.ts';
import type { Line, Lines, Listed, OpportunityStatus, Unsettled } from '../../submissions/status.ts';
import {
  buttonRow,
  context,
  type Message,
  notAllowedMessage,
  saying,
  section,
  sections,
} from '../blocks/elements.ts';
import { buttonFor } from '../blocks/outcome.ts';
import { doubtBlocks } from '../forms/submit.ts';
import { type DealPage, dealName, foreign, inOneLine, linkedId, mention, moment } from '../text.ts';
import { reviewNow, whyUnreadable } from './buttons.ts';

const HEADLINE_LENGTH = 150;
const STATUS_LENGTH = 100;
const CUSTOMER_LENGTH = 80;

/** The answer to `status O123`, for one person: the record as its message says it, and AWS's review now. */
export function standingMessage(standing: OpportunityStatus, catalog: Catalog, dealPage: DealPage): Message {
  switch (standing.type) {
    case 'record': {
      const { entry, explanation } = standing;
      const { text, blocks } = submissionMessage({ submission: entry, explanation, dealPage });
      // Right below the headline: it is the answer to the question.
      const now = [section(awsNow(standing)), ...doubtBlocks(standing.doubt), ...openEdit(standing)];
      return { text, blocks: [...blocks.slice(0, 1), ...now, ...blocks.slice(1)] };
    }
    case 'no-record':
      return noRecord(standing, catalog, dealPage);
    default:
      return notAllowedMessage(standing);
  }
}

type NoRecord = Extract<OpportunityStatus, { type: 'no-record' }>;

function noRecord(standing: NoRecord, catalog: Catalog, dealPage: DealPage): Message {
  const { opportunityId, aws } = standing;
  if (
    aws.type === 'unreadable' &&
    aws.error.kind === 'refused' &&
    aws.error.code === 'ResourceNotFoundException'
  ) {
    const text = `*AWS doesn't find ${opportunityId}.* This bot looks in ${catalogName(catalog)}. If it was just created, ask again in a moment; otherwise check the ID.`;
    return { text, blocks: [section(text), ...openEdit(standing)] };
  }
  const status = aws.type === 'read' ? aws.review.status : undefined;
  const texts = [
    awsNow(standing),
    ...(status === 'Pending Submission'
      ? [`\`/submit-opportunity ${opportunityId}\` opens the form to submit it.`]
      : []),
  ];
  const title = (id: string) => `*This bot has no record of ${id}.*`;
  const fix = status === 'Action Required' ? [buttonFor('fix', { id: opportunityId, opportunityId })] : [];
  return {
    text: [title(opportunityId), ...texts].join(' '),
    blocks: [
      ...[title(linkedId(opportunityId, dealPage)), ...texts].map(section),
      ...openEdit(standing),
      ...buttonRow(fix),
    ],
  };
}

/** An edit that somebody saved in Slack and that isn't settled yet. */
function openEdit({ openEdit: edit }: Pick<NoRecord, 'openEdit'>): KnownBlock[] {
  if (edit === undefined) return [];
  const stands =
    edit.state === 'uncertain'
      ? "Whether AWS has the changes isn't known yet; we are looking."
      : 'The changes are on their way to AWS.';
  return [section(`${mention(edit.userId)} has changed it in Slack. ${stands}`)];
}

/** What AWS says now, with whose deal it is. */
function awsNow({ aws }: Pick<NoRecord, 'aws'>): string {
  if (aws.type === 'unreadable') return whyUnreadable(aws.error);
  const customer = foreign(aws.customer ?? '', CUSTOMER_LENGTH).replaceAll('\n', ' ');
  return customer === '' ? reviewNow(aws) : `*${customer}*: ${reviewNow(aws)}`;
}

/** The answer to `status`, for one person: their submissions that aren't settled. */
export function unsettledMessage(unsettled: Unsettled, dealPage: DealPage): Message {
  if (unsettled.type !== 'unsettled') return notAllowedMessage(unsettled);
  const { needsYou, underWay } = unsettled;
  if (needsYou.lines.length + underWay.lines.length === 0)
    return saying("Nothing of yours is under way, and nothing needs you. The bot's home tab has all deals.");
  return ofParts('Your submissions that are not settled', [
    part('*Needs you*', needsYou, dealPage),
    part('*Under way*', underWay, dealPage),
  ]);
}

/** The answer to `list`, for one person: the latest records, in a line each, without any deal's details. */
export function listMessage(listed: Listed, dealPage: DealPage): Message {
  if (listed.type !== 'list') return notAllowedMessage(listed);
  const { own, team } = listed;
  return ofParts("Your latest submissions, and the team's", [
    part('*Yours*', own, dealPage, 'You have submitted nothing with this bot yet.'),
    part("*The team's*", team, dealPage, 'Nobody else has submitted anything with this bot yet.', 'named'),
  ]);
}

const ofParts = (text: string, parts: readonly (readonly SectionBlock[])[]): Message => ({
  text,
  blocks: [
    ...parts.flat(),
    context('My Home tab has all deals; `/submit-opportunity status O1234567` asks AWS about one.'),
  ],
});

/** A part's sections: its title first. Nothing where there are no lines, unless `ifNone` says so. */
function part(
  title: string,
  { lines, more, orMore }: Lines,
  dealPage: DealPage,
  ifNone?: string,
  people?: 'named',
): SectionBlock[] {
  if (lines.length === 0 && ifNone === undefined) return [];
  const texts = [
    ...(lines.length === 0 ? [ifNone ?? ''] : lines.map((line) => lineOf(line, dealPage, people))),
    ...(more > 0 ? [`and ${more}${orMore ? ' or more' : ''} more`] : []),
  ];
  return [section(title), ...sections(texts)];
}

function lineOf({ entry, headline, customer }: Line, dealPage: DealPage, people?: 'named'): string {
  const { opportunityId, reviewStatus = '', requestedAt, userId } = entry;
  // "In review at AWS" says it already, and so does "Approval pending".
  const isSaid =
    headline.toLowerCase().includes(reviewStatus.toLowerCase()) ||
    (headline === approvalPending.headline && reviewStatus === 'Submitted');
  return inOneLine(
    `• ${dealName(opportunityId, customer, dealPage)}: ${foreign(headline, HEADLINE_LENGTH)}`,
    isSaid ? undefined : `AWS's review: ${foreign(reviewStatus, STATUS_LENGTH)}`,
    moment(requestedAt),
    people === undefined || userId === undefined ? undefined : `by ${mention(userId)}`,
  );
}
