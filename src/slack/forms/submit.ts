import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { type Catalog, type Chosen, catalogName, isNationalSecurity } from '../../aws/terms.ts';
import type { Look, NotRead } from '../../submissions/look.ts';
import { askAwsFirst, mendNoStatus } from '../../submissions/outcomes.ts';
import type { Submission } from '../../submissions/submission.ts';
import { dealLines, insightsLine, reviewComments } from '../blocks/deal.ts';
import { actions, context, permissionUnknown, refusalText, section } from '../blocks/elements.ts';
import { buttonFor, fixAndSendBack } from '../blocks/outcome.ts';
import { BLOCK, CALLBACK } from '../ids.ts';
import { type DealPage, foreign, mention, moment, requestId } from '../text.ts';
import { choiceInputs, fixHereButton, lockInput, type Outlook, outlookBlocks } from './choices.ts';
import { type FormShown, modal, noticeTitles, noticeView, submitLabel, submitTo } from './modal.ts';

/** An open modal about an opportunity. */
export interface OpenModal {
  readonly formId: string;
  readonly opportunityId: string;
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
}

/** The modal for what a look found: the form, or what is true instead of it. */
export function lookView(look: Look, at: OpenModal): ModalView {
  const { formId, opportunityId, dealPage } = at;
  const say = (title: string, says: string | readonly KnownBlock[], lookAgain: readonly string[] = []) =>
    noticeView(formId, says, { title, lookAgain });
  switch (look.type) {
    case 'form':
      return formView({ ...look, dealPage });
    case 'not-permitted':
      return say(noticeTitles.notPermitted, refusalText(look.why));
    case 'permission-unknown':
      return say(noticeTitles.notRead, permissionUnknown, [opportunityId]);
    case 'not-visible':
      return say(noticeTitles.notRead, notReadBlocks(look, at));
    case 'not-found':
      return say('Not found', notReadBlocks(look, at), [opportunityId]);
    case 'operator':
    case 'unavailable':
      return say(noticeTitles.notRead, notReadBlocks(look, at), [opportunityId]);
    case 'aws-referral':
      return say('Referred by AWS', [section(REFERRED), actions([partnerCentral(opportunityId, dealPage)])]);
    case 'open': {
      const { userId, requestedAt } = look.submission;
      const said = `*Already on its way.* ${mention(userId)} asked for it ${moment(requestedAt)}; it goes to AWS once.`;
      return say(noticeTitles.open, [section(said), actions([buttonFor('check-status', look.submission)])]);
    }
    case 'not-pending':
      return notPendingView(look, at);
  }
}

const REFERRED =
  "*AWS referred this deal to you*, so it isn't submitted. Accept and update it in Partner Central.";

/** Why an opportunity couldn't be read. */
export function notReadBlocks(
  notRead: NotRead,
  { opportunityId, catalog }: Pick<OpenModal, 'opportunityId' | 'catalog'>,
): KnownBlock[] {
  if (notRead.type === 'not-found') {
    const other = catalogName(catalog === 'AWS' ? 'Sandbox' : 'AWS');
    const said = `*${opportunityId} isn't there*, in ${catalogName(catalog)}. Just created? Try again in a moment. Else check the ID: it is probably in ${other}, or another partner account's.`;
    return [section(said), ...doubtBlocks(notRead.doubt)];
  }
  const note = notRead.requestId === undefined ? [] : [context(requestId(foreign(notRead.requestId, 100)))];
  return [section(whyNotRead(notRead, opportunityId)), ...note];
}

function whyNotRead(notRead: Exclude<NotRead, { type: 'not-found' }>, opportunityId: string): string {
  switch (notRead.type) {
    case 'not-visible':
      return `*AWS doesn't let this bot see ${opportunityId}.* Whoever runs the bot can check its AWS permissions.`;
    case 'operator':
      return "*The bot can't sign in to AWS right now.* Please tell whoever runs it. Nothing was submitted.";
    case 'unavailable':
      return notRead.throttled
        ? '*AWS is busy.* Nothing was submitted; try again in a moment.'
        : "*AWS couldn't be reached, or didn't answer as it should.* Nothing was submitted; try again.";
  }
}

/** What the modal of a deal that AWS has says in place of the form, by AWS's review. */
export const withAws = {
  Submitted: { title: 'Approval pending', says: '*AWS has it, and it is not yet in review.*' },
  'In review': { title: 'In review at AWS', says: '*AWS is reviewing it.*' },
  Approved: { title: 'Approved by AWS', says: '*AWS approved this deal.* Nothing to submit.' },
  Rejected: { title: 'Rejected by AWS', says: `*AWS rejected this deal.* ${askAwsFirst}` },
  'Action Required': {
    title: 'AWS wants changes',
    says: "*AWS wants changes.* It reviews the deal again once one is saved; it isn't submitted twice.",
  },
  none: {
    title: 'No review status',
    says: `*AWS shows no review status*, and without one it can't be submitted. ${mendNoStatus}`,
  },
} as const;

/** What AWS's review says, the deal, and what can be done now. */
function notPendingView(
  { review, opportunity, entry }: Extract<Look, { type: 'not-pending' }>,
  { formId, dealPage }: OpenModal,
): ModalView {
  const { title, says } =
    review.status === 'unknown' || review.status === 'Pending Submission'
      ? {
          title: "Can't be submitted now",
          says: `*AWS's review says: ${foreign(review.shown, 100)}*, which this bot doesn't know. Partner Central shows what it means.`,
        }
      : withAws[review.status];
  const isSentBack = review.status === 'Action Required';
  const isExplained = isSentBack || review.status === 'Rejected';
  const blocks = [
    section(says),
    ...(isExplained && !isNationalSecurity(opportunity) ? [commentsBlock(opportunity)] : []),
    ...dealLines(opportunity, dealPage),
    ...(entry?.state === 'submitted'
      ? [context(`Submitted here by ${mention(entry.userId)}, ${moment(entry.requestedAt)}`)]
      : []),
    actions([
      ...(isSentBack ? [fixHereButton(fixAndSendBack, 'primary')] : []),
      ...(entry === undefined ? [] : [buttonFor('show-details', entry)]),
      partnerCentral(opportunity.Id, dealPage),
    ]),
  ];
  return noticeView(formId, blocks, { title });
}

const partnerCentral = (opportunityId: string, dealPage: DealPage): Button =>
  buttonFor('partner-central', { id: opportunityId, opportunityId }, dealPage);

/** AWS's comments on what it has sent back or rejected. May quote the deal. */
export function commentsBlock(opportunity: Opportunity): KnownBlock {
  const comments = reviewComments(opportunity);
  return section(
    comments.length === 0
      ? 'AWS gave no comments. Partner Central may have more.'
      : ["*AWS's comments*", ...comments].join('\n'),
  );
}

type FoundForm = Extract<Look, { type: 'form' }>;

/** What stands in the way, the choices, the deal in two lines, and the lock. */
export function formView({
  form,
  opportunity,
  doubt,
  refusal,
  insights,
  dealPage,
}: Pick<FoundForm, 'form' | 'opportunity'> &
  Partial<FoundForm> & { readonly dealPage: DealPage }): ModalView {
  const { id, catalog, choices, readiness, nationalSecurity } = form;
  const shown = {
    private_metadata: id,
    blocks: [
      ...doubtBlocks(doubt),
      ...(isNationalSecurity(opportunity) ? [section(NATIONAL_SECURITY)] : []),
      ...choiceInputs(choices),
      ...dealLines(opportunity, dealPage),
      ...insightsLine(insights),
      ...(catalog === 'AWS' ? [lockInput()] : []),
    ],
  };
  const outlook = readiness && { readiness, nationalSecurity, refusal };
  return withChoices(
    shown,
    { catalog, outlook },
    choices ?? { involvementType: undefined, visibility: 'Full' },
  );
}

const NATIONAL_SECURITY = '*Co-Sell is recommended.* It is how AWS takes National Security deals.';

/** That an earlier request may still take effect. */
export function doubtBlocks(doubt: Submission | undefined): KnownBlock[] {
  if (doubt === undefined) return [];
  const asked = `${mention(doubt.userId)} asked for this ${moment(doubt.requestedAt)}, and AWS never answered.`;
  return [
    section(
      `*An earlier request may still take effect.* ${asked} If AWS still executes that one, its choices count.`,
    ),
  ];
}

/** The form for what is chosen in it now: what depends on that is made anew. */
export function withChoices(
  view: FormShown,
  { catalog, outlook }: { readonly catalog: Catalog; readonly outlook: Outlook | undefined },
  chosen: Chosen,
): ModalView {
  const kept = view.blocks.filter(({ block_id = '' }) => !isDependent(block_id));
  const at = (blockId: string) => kept.findIndex(({ block_id }) => block_id === blockId);
  const decisions = at(BLOCK.involvementType);
  const lock = at(BLOCK.lock) === -1 ? kept.length : at(BLOCK.lock);
  const { above, below } = outlook === undefined ? { above: [], below: [] } : outlookBlocks(outlook, chosen);
  return modal(CALLBACK.form, {
    formId: view.private_metadata,
    title: submitTo(catalog),
    submit: submitLabel,
    blocks: [
      ...kept.slice(0, decisions),
      ...above,
      ...kept.slice(decisions, lock),
      ...below,
      ...kept.slice(lock),
    ],
  });
}

/** Whether a block is one of `outlookBlocks`. */
const isDependent = (blockId: string): boolean =>
  [BLOCK.refused, BLOCK.readiness, BLOCK.ready, BLOCK.fix].some((id) => id === blockId) ||
  blockId.startsWith(BLOCK.anyway);
