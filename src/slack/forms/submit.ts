import type { ActionsBlock, Block, KnownBlock, ModalView } from '@slack/types';
import type { AwsOpportunitySummary, Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { type Catalog, type Chosen, catalogName } from '../../aws/terms.ts';
import type { Form } from '../../forms/form.ts';
import { findingsFor } from '../../opportunities/readiness.ts';
import type { StandingRefusal, Submission } from '../../submissions/submission.ts';
import { insightsLine } from '../blocks/aws-side.ts';
import { dealLines } from '../blocks/deal.ts';
import { button, plain, section } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { DealPage } from '../text.ts';
import { mention, moment } from '../text.ts';
import { involvementInput, lockInput, visibilityInput } from './choices.ts';
import { pickBlock } from './pick.ts';
import { anywayBlocks, type Outlook, obstacleBlocks, readyBlocks } from './readiness.ts';
import * as words from './words.ts';

/** Shown at once, while the opportunity is looked up. */
export const loadingView = (formId: string, title: string = words.title): ModalView =>
  notice(formId, [section(words.loading)], title);

/** A view without a form: says what is true, and offers to look again where that can help. */
export function noticeView(
  formId: string,
  blocks: readonly KnownBlock[],
  options: { readonly lookAgain?: { readonly opportunityId: string }; readonly title?: string } = {},
): ModalView {
  const { lookAgain, title = words.title } = options;
  if (lookAgain === undefined) return notice(formId, blocks, title);
  return notice(formId, [...blocks, lookAgainBlock([lookAgain.opportunityId])], title);
}

/** Looks the same opportunities up again. */
export const lookAgainBlock = (
  opportunityIds: readonly string[],
  text: string = words.tryAgain,
): ActionsBlock => ({
  type: 'actions',
  elements: [
    button({
      text,
      actionId: ACTION.lookAgain,
      label: text,
      value: opportunityIds.join(','),
    }),
  ],
});

const notice = (formId: string, blocks: readonly KnownBlock[], title: string): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.notice,
  private_metadata: formId,
  title: plain(title, LIMITS.viewTitle),
  close: plain(words.close, LIMITS.viewTitle),
  blocks: [...blocks],
});

/** Asks which opportunity, where the command came without one: chosen from a list, or by its ID. */
export const askView = (formId: string, list: readonly KnownBlock[] = [pickBlock()]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.ask,
  private_metadata: formId,
  title: plain(words.title, LIMITS.viewTitle),
  submit: plain(words.next, LIMITS.viewTitle),
  close: plain(words.cancel, LIMITS.viewTitle),
  blocks: [
    ...list,
    {
      type: 'input',
      block_id: BLOCK.opportunityId,
      optional: true,
      label: plain(words.askLabel, 2000),
      element: {
        type: 'plain_text_input',
        action_id: ACTION.opportunityId,
        placeholder: plain(words.askPlaceholder, 150),
        max_length: 300,
      },
    },
  ],
});

/**
 * What stands in the way, the choices, the deal in two lines, and the lock. Nothing but the form's ID is trusted when it
 * comes back.
 */
export function formView({
  form,
  opportunity,
  doubt,
  refusal,
  insights,
  dealPage,
}: {
  readonly form: Form;
  readonly opportunity: Opportunity;
  /** An earlier request of which nobody knows whether AWS has executed it, or will. */
  readonly doubt?: Submission | undefined;
  /** What AWS refused of the deal as it is. */
  readonly refusal?: StandingRefusal | undefined;
  readonly insights?: AwsOpportunitySummary['Insights'];
  readonly dealPage: DealPage;
}): ModalView {
  const { id, catalog, choices, readiness, nationalSecurity } = form;
  const chosen = { involvementType: choices?.involvementType, visibility: choices?.visibility ?? 'Full' };
  const shown = {
    private_metadata: id,
    blocks: [
      ...doubtBlocks(doubt),
      ...(isNationalSecurity(opportunity) ? [section(words.nationalSecurityAdvice)] : []),
      involvementInput(ACTION.involvementType, chosen.involvementType),
      visibilityInput(ACTION.visibility, chosen.visibility),
      ...dealLines(opportunity, dealPage),
      ...insightsLine(insights),
      ...(catalog === 'AWS' ? [lockInput(words.lockOption)] : []),
    ],
  };
  const outlook = readiness && { readiness, nationalSecurity, refusal };
  return withChoices(shown, { catalog, outlook }, chosen);
}

/** That an earlier request may still take effect. */
export const doubtBlocks = (doubt: Submission | undefined): KnownBlock[] =>
  doubt === undefined ? [] : [section(words.doubt(mention(doubt.userId), moment(doubt.requestedAt)))];

/** The form for what is chosen in it, however it was chosen before: what depends on that is made anew. */
export function withChoices(
  view: FormShown,
  { catalog, outlook }: { readonly catalog: Catalog; readonly outlook: Outlook | undefined },
  chosen: Chosen,
): ModalView {
  const kept = view.blocks.filter(({ block_id }) => !isDependent(block_id ?? ''));
  const at = (blockId: string) => kept.findIndex(({ block_id }) => block_id === blockId);
  const decisions = at(BLOCK.involvementType);
  const lock = at(BLOCK.lock) === -1 ? kept.length : at(BLOCK.lock);
  const depending = (make: (outlook: Outlook) => KnownBlock[]) =>
    outlook === undefined ? [] : make(outlook);
  return {
    type: 'modal',
    callback_id: CALLBACK.form,
    private_metadata: view.private_metadata,
    title: plain(words.submitTo(catalogName(catalog)), LIMITS.viewTitle),
    submit: plain(words.submit, LIMITS.viewTitle),
    close: plain(words.cancel, LIMITS.viewTitle),
    blocks: [
      ...kept.slice(0, decisions),
      ...depending((known) => obstacleBlocks(known, chosen)),
      ...kept.slice(decisions, lock),
      ...depending((known) => [
        ...readyBlocks(known, chosen),
        ...anywayBlocks(findingsFor(known.readiness, chosen)),
      ]),
      ...kept.slice(lock),
    ],
  };
}

/** What Slack sends of an open form. */
export interface FormShown {
  readonly private_metadata: string;
  readonly blocks: readonly (KnownBlock | Block)[];
}

const isDependent = (blockId: string): boolean =>
  [BLOCK.refused, BLOCK.readiness, BLOCK.ready, BLOCK.fix].some((id) => id === blockId) ||
  blockId.startsWith(BLOCK.anyway);
