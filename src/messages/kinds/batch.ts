import { catalogName } from '../../aws/terms.ts';
import {
  actions,
  button,
  confirmDialog,
  type Message,
  section,
  sections,
} from '../../slack/blocks/elements.ts';
import { factsLine, fixLabel } from '../../slack/blocks/outcome.ts';
import { ACTION } from '../../slack/ids.ts';
import { openFormValue } from '../../slack/opportunity-ids.ts';
import { type DealPage, escapeMrkdwn, foreign, linkedId, mention, moment } from '../../slack/text.ts';
import type { Batch } from '../../submissions/batches.ts';
import { type Circumstances, explain } from '../../submissions/explain.ts';
import { SIGNS, type Sign } from '../../submissions/outcomes.ts';
import { isFurtherTry, type Reviewed } from '../../submissions/submission.ts';
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
  render: batchMessage,
  logged: ({ id, teamId }) => ({ batch: id, team: teamId }),
});

/** What somebody should look at comes first. */
const FIRST: readonly Sign[] = [
  'refused',
  'sent-back',
  'rejected',
  'unsure',
  'waiting',
  'pending',
  'in-review',
  'approved',
  'cancelled',
];

/** How many stand where, and each opportunity by its ID and status alone. Holds no deal's details. */
export function batchMessage(
  shown: Circumstances & {
    readonly batch: Batch;
    /** The newest record of each of its opportunities. */
    readonly submissions: readonly Reviewed[];
    /** Those that were submitted again outside of it: another message says how they stand. */
    readonly again?: readonly string[];
    readonly dealPage: DealPage;
    readonly hint?: string | undefined;
  },
): Message {
  const { batch, submissions, again = [], dealPage, hint } = shown;
  const linked = (ids: readonly string[]) => ids.map((id) => linkedId(id, dealPage)).join(', ');
  const records = submissions.map((record) =>
    isFurtherTry(record) ? { ...record, state: 'requested' as const } : record,
  );
  const explained = records.map((record) => ({
    opportunityId: record.opportunityId,
    ...explain(record, { ...shown, waitingBefore: 0 }),
  }));
  const bySign = Map.groupBy(explained, ({ sign }) => sign);
  const counts = new Map([...bySign].map(([sign, group]) => [sign, group.length]));
  const idsOf = (group: typeof explained) => group.map(({ opportunityId }) => opportunityId);
  const refused = idsOf(bySign.get('refused') ?? []);
  const buttons = [
    ...(refused.length === 0 ? [] : [fixTheseButton(refused)]),
    ...(records.some(({ state }) => state === 'requested') ? [cancelRestButton(batch.id)] : []),
  ];
  // While some wait it isn't over, whatever came of the others.
  const sign = counts.has('waiting') ? 'waiting' : (FIRST.find((each) => counts.has(each)) ?? 'waiting');
  const lines = FIRST.flatMap((each) =>
    [...Map.groupBy(bySign.get(each) ?? [], ({ headline }) => headline)].map(
      ([headline, group]) =>
        `${SIGNS[each]} *${foreign(headline, HEADLINE_LENGTH)}*: ${linked(idsOf(group))}`,
    ),
  );
  const headline = standing(counts, again.length);
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      section(`${SIGNS[sign]} *${escapeMrkdwn(headline)}*`),
      ...sections([...lines, ...(again.length === 0 ? [] : [`*Submitted again*: ${linked(again)}`])]),
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
    text: fixLabel,
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
