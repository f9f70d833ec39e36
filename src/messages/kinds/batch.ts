import { catalogName } from '../../aws/terms.ts';
import {
  button,
  context,
  facts,
  header,
  type Message,
  section,
  sections,
} from '../../slack/blocks/elements.ts';
import { SIGNS } from '../../slack/blocks/next-steps.ts';
import { type DealPage, FRONT_PAGE, linkedId } from '../../slack/deal-page.ts';
import * as words from '../../slack/forms/batch-words.ts';
import { ACTION } from '../../slack/ids.ts';
import { escapeMrkdwn, foreign, mention, moment } from '../../slack/text.ts';
import * as messages from '../../slack/words.ts';
import { type Batch, type BatchProgress, batchProgress } from '../../submissions/batch.ts';
import type { Reviewed } from '../../submissions/submission.ts';
import { kind } from './kind.ts';

const HEADLINE_LENGTH = 150;
/** So many different headlines only a test has: what isn't shown is in the lines below. */
const COUNTS_SHOWN = 12;

/** Slack takes about 50 edits a minute, for all messages together. */
const REST_MS = 3000;

/** The one message of several submissions asked for at once. Its progress is edits, so what can be edited comes first. */
export const batch = kind<Batch, { readonly batch: Batch; readonly submissions: readonly Reviewed[] }>({
  restMs: REST_MS,
  async audience({ store }, { subject }) {
    const about = await store.batch(subject);
    if (about === undefined) return undefined;
    const { channelId, threadTs, userId, responseUrl, createdAt } = about;
    return {
      about,
      to: {
        type: 'asked-in',
        channelId,
        threadTs,
        userId,
        under: undefined,
        responseUrl,
        askedAt: createdAt,
        instead: 'dm',
      },
    };
  },
  load: async ({ store }, about) => ({ batch: about, submissions: await store.batchSubmissions(about.id) }),
  render: ({ catalog, paused, dealPage }, { batch: of, submissions }, { hint }) =>
    batchMessage({
      batch: of,
      progress: batchProgress(submissions, { catalog, paused }),
      dealPage,
      placeHint: hint,
    }),
  logged: ({ id, teamId }) => ({ batch: id, team: teamId }),
});

/** How far it is, how many came to what, and each opportunity by its ID and status alone. Holds no deal's details. */
export function batchMessage(options: {
  readonly batch: Batch;
  readonly progress: BatchProgress;
  readonly dealPage: DealPage;
  /** mrkdwn of our own: why the message is where it is. */
  readonly placeHint?: string | undefined;
}): Message {
  const { batch, progress, dealPage, placeHint } = options;
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
      section([`*${words.outcomes}*`, ...numbers.slice(0, COUNTS_SHOWN)].join('\n')),
      ...sections(
        lines.map(
          ({ opportunityId, headline, tone }) =>
            `${SIGNS[tone]} *${linkedId(opportunityId, dealPage)}*: ${foreign(headline, HEADLINE_LENGTH)}`,
        ),
      ),
      context(words.inThread, ...(placeHint === undefined ? [] : [placeHint])),
      {
        type: 'actions',
        elements: [...(waiting > 0 ? [cancelRestButton(batch.id)] : []), partnerCentralButton],
      },
    ],
  };
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
  text: messages.openInPartnerCentral,
  label: messages.openInPartnerCentral,
  actionId: ACTION.partnerCentral,
  url: FRONT_PAGE,
});
