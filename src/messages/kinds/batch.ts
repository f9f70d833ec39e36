import { catalogName } from '../../aws/terms.ts';
import { button, confirmDialog, type Message, section, sections } from '../../slack/blocks/elements.ts';
import { actions, factsLine, fix } from '../../slack/blocks/outcome.ts';
import { ACTION } from '../../slack/ids.ts';
import { openFormValue } from '../../slack/opportunity-ids.ts';
import { type DealPage, escapeMrkdwn, foreign, linkedId, mention, moment } from '../../slack/text.ts';
import { type Batch, type BatchProgress, batchProgress } from '../../submissions/batches.ts';
import { SIGNS, type Sign } from '../../submissions/outcomes.ts';
import type { Reviewed } from '../../submissions/submission.ts';
import { kind } from './kind.ts';

const HEADLINE_LENGTH = 150;

/** Milliseconds between two refreshes: Slack takes about 50 edits a minute, for all messages together. */
const REST_MS = 3000;

/** The one message of several submissions that were asked for at once; it is edited as they go on. */
export const batch = kind<
  Batch,
  { readonly batch: Batch; readonly submissions: readonly Reviewed[]; readonly again: readonly string[] }
>({
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
      },
    };
  },
  async load({ store }, about) {
    const all = await store.batchSubmissions(about.id);
    const later = await store.submittedAgain(about.id);
    return {
      batch: about,
      submissions: all.filter(({ opportunityId }) => !later.has(opportunityId)),
      again: all.map(({ opportunityId }) => opportunityId).filter((id) => later.has(id)),
    };
  },
  render: (shown) => batchMessage({ ...shown, progress: batchProgress(shown.submissions, shown) }),
  logged: ({ id, teamId }) => ({ batch: id, team: teamId }),
});

/** How many stand where, and each opportunity by its ID and status alone. Holds no deal's details. */
export function batchMessage(options: {
  readonly batch: Batch;
  readonly progress: BatchProgress;
  /** Those that were submitted again outside of it: another message says how they stand. */
  readonly again?: readonly string[];
  readonly dealPage: DealPage;
  readonly hint?: string | undefined;
}): Message {
  const { batch, progress, again = [], dealPage, hint } = options;
  const linked = (ids: readonly string[]) => ids.map((id) => linkedId(id, dealPage)).join(', ');
  const { lines, waiting, counts } = progress;
  const refused = lines.flatMap(({ sign, opportunityIds }) => (sign === 'refused' ? opportunityIds : []));
  const buttons = [
    ...(refused.length === 0 ? [] : [fixTheseButton(refused)]),
    ...(waiting > 0 ? [cancelRestButton(batch.id)] : []),
  ];
  const headline = standing(counts, again.length);
  // While some wait it isn't over, whatever came of the others.
  const sign = SIGNS[counts.has('waiting') ? 'waiting' : (lines[0]?.sign ?? 'waiting')];
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      section(`${sign} *${escapeMrkdwn(headline)}*`),
      ...sections([
        ...lines.map(
          ({ sign, headline, opportunityIds }) =>
            `${SIGNS[sign]} *${foreign(headline, HEADLINE_LENGTH)}*: ${linked(opportunityIds)}`,
        ),
        ...(again.length === 0 ? [] : [`*Submitted again*: ${linked(again)}`]),
      ]),
      ...factsLine(
        [catalogName(batch.catalog), mention(batch.userId), moment(batch.createdAt)],
        'More in the thread.',
        hint,
      ),
      ...(buttons.length === 0 ? [] : [actions(buttons)]),
    ],
  };
}

/** In the order in which they are said; before the refused. */
const STANDINGS = [
  ['pending', 'with AWS'],
  ['in-review', 'in review'],
  ['approved', 'approved'],
  ['waiting', 'waiting'],
  ['sent-back', 'sent back'],
  ['rejected', 'rejected'],
  ['unsure', 'not sure'],
  ['cancelled', 'cancelled'],
] as const satisfies readonly (readonly [Sign, string])[];

/** How many stand where. `again`: how many of others were submitted again since. */
function standing(counts: ReadonlyMap<Sign, number>, again: number): string {
  const refused = counts.get('refused');
  return [
    ...STANDINGS.flatMap(([sign, words]) => (counts.has(sign) ? [`${counts.get(sign)} ${words}`] : [])),
    ...(refused === undefined ? [] : [`${refused} ${refused === 1 ? 'needs' : 'need'} fixing`]),
    ...(again === 0 ? [] : [`${again} submitted again`]),
  ].join(', ');
}

/** Opens the form for those that need fixing, each with what is the matter with it. */
const fixTheseButton = (opportunityIds: readonly string[]) =>
  button({
    text: fix,
    label: `Fix ${opportunityIds.length} ${opportunityIds.length === 1 ? 'deal' : 'deals'}`,
    actionId: ACTION.openForm,
    value: openFormValue({ opportunityIds, threadTs: undefined }),
    style: 'primary',
  });

const cancelRestButton = (batchId: string) => ({
  ...button({
    text: 'Cancel the rest',
    label: 'Cancel the rest',
    actionId: ACTION.cancelRest,
    value: batchId,
  }),
  confirm: confirmDialog(
    'Take back the rest?',
    'Those that have not been sent yet are taken back.',
    'Take them back',
    'Keep them',
  ),
});
