import type { KnownBlock, ModalView } from '@slack/types';
import type { AwsOpportunitySummary, Opportunity } from '../../aws/opportunity.ts';
import { type Catalog, type Chosen, catalogName, isNationalSecurity } from '../../aws/terms.ts';
import type { Form } from '../../forms/form.ts';
import { findingsFor } from '../../opportunities/readiness.ts';
import type { StandingRefusal, Submission } from '../../submissions/submission.ts';
import { insightsLine } from '../blocks/aws-side.ts';
import { dealLines } from '../blocks/deal.ts';
import { section } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { type DealPage, mention, moment } from '../text.ts';
import { involvementInput, lockInput, visibilityInput } from './choices.ts';
import { type FormShown, modal, submit, submitTo } from './modal.ts';
import { anywayBlocks, type Outlook, obstacleBlocks, readyBlocks } from './readiness.ts';

/**
 * What stands in the way, the choices, the deal in two lines, and the lock. Nothing but the form's ID is trusted when
 * it comes back.
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
      ...(isNationalSecurity(opportunity) ? [section(NATIONAL_SECURITY)] : []),
      involvementInput(ACTION.involvementType, chosen.involvementType),
      visibilityInput(ACTION.visibility, chosen.visibility),
      ...dealLines(opportunity, dealPage),
      ...insightsLine(insights),
      ...(catalog === 'AWS' ? [lockInput()] : []),
    ],
  };
  const outlook = readiness && { readiness, nationalSecurity, refusal };
  return withChoices(shown, { catalog, outlook }, chosen);
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
  const kept = view.blocks.filter(({ block_id }) => !isDependent(block_id ?? ''));
  const at = (blockId: string) => kept.findIndex(({ block_id }) => block_id === blockId);
  const decisions = at(BLOCK.involvementType);
  const lock = at(BLOCK.lock) === -1 ? kept.length : at(BLOCK.lock);
  return modal(CALLBACK.form, {
    formId: view.private_metadata,
    title: submitTo(catalogName(catalog)),
    submit,
    blocks: [
      ...kept.slice(0, decisions),
      ...(outlook === undefined ? [] : obstacleBlocks(outlook, chosen)),
      ...kept.slice(decisions, lock),
      ...(outlook === undefined ? [] : readyBlocks(outlook, chosen)),
      ...(outlook === undefined ? [] : anywayBlocks(findingsFor(outlook.readiness, chosen))),
      ...kept.slice(lock),
    ],
  });
}

const isDependent = (blockId: string): boolean =>
  [BLOCK.refused, BLOCK.readiness, BLOCK.ready, BLOCK.fix].some((id) => id === blockId) ||
  blockId.startsWith(BLOCK.anyway);
