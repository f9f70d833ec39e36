import type { KnownBlock } from '@slack/types';
import type { Batch, BatchLine, BatchProgress } from '../../submissions/batches/batch.ts';
import * as words from '../../words/batch.ts';
import * as messages from '../../words/messages.ts';
import { catalogName } from '../../words/terms.ts';
import { ACTION } from '../ids.ts';
import { escapeMrkdwn, foreign, mention, moment } from '../text.ts';
import { button, context, facts, header, section } from './elements.ts';
import { type Message, PARTNER_CENTRAL_URL, SIGNS } from './submission-message.ts';

/** Lines in one section: with the longest ID and headline still within its size. */
const LINES_A_SECTION = 13;
const HEADLINE_LENGTH = 150;

/**
 * The one message of a batch: how far it is, how many came to what, and each opportunity by its ID and status alone.
 * Holds no deal's details.
 */
export function batchMessage(options: {
  readonly batch: Batch;
  readonly progress: BatchProgress;
  /** mrkdwn of our own: why the message is where it is. */
  readonly placeHint?: string | undefined;
}): Message {
  const { batch, progress, placeHint } = options;
  const { lines, sent, waiting, sending, counts } = progress;
  const headline = words.progress(sent, lines.length);
  // While some wait it isn't over, whatever came of the others.
  const sign = SIGNS[waiting + sending > 0 ? 'waiting' : progress.tone];
  const numbers = counts.map(({ headline: what, count }) =>
    words.count(count, foreign(what, HEADLINE_LENGTH)),
  );
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      header(`${sign} ${headline}`),
      facts([
        [messages.catalog, catalogName(batch.catalog)],
        [messages.requestedBy, mention(batch.userId)],
        [messages.when, moment(batch.createdAt)],
      ]),
      section(cutLines([`*${words.outcomes}*`, ...numbers])),
      ...inSections(lines),
      context(words.inThread, ...(placeHint === undefined ? [] : [placeHint])),
      {
        type: 'actions',
        elements: [...(waiting > 0 ? [cancelRestButton(batch.id)] : []), partnerCentralButton],
      },
    ],
  };
}

/** So many different headlines only a test has: what doesn't fit is in the lines below. */
const cutLines = (texts: readonly string[]): string => texts.slice(0, LINES_A_SECTION).join('\n');

function inSections(lines: readonly BatchLine[]): KnownBlock[] {
  const texts = lines.map(
    ({ opportunityId, headline, tone }) =>
      `${SIGNS[tone]} *${opportunityId}*: ${foreign(headline, HEADLINE_LENGTH)}`,
  );
  const sections: KnownBlock[] = [];
  for (let start = 0; start < texts.length; start += LINES_A_SECTION) {
    sections.push(section(texts.slice(start, start + LINES_A_SECTION).join('\n')));
  }
  return sections;
}

const cancelRestButton = (batchId: string) => ({
  ...button({
    text: words.cancelRest,
    label: words.cancelRest,
    actionId: ACTION.cancelRest,
    value: batchId,
  }),
  confirm: {
    title: { type: 'plain_text' as const, text: words.cancelRestTitle },
    text: { type: 'plain_text' as const, text: words.cancelRestText },
    confirm: { type: 'plain_text' as const, text: words.cancelRestConfirm },
    deny: { type: 'plain_text' as const, text: words.cancelRestKeep },
  },
});

const partnerCentralButton = button({
  text: messages.viewInPartnerCentral,
  label: messages.viewInPartnerCentral,
  actionId: ACTION.partnerCentral,
  url: PARTNER_CENTRAL_URL,
});
