import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { withChoices } from '../../blocks/submit-modal.ts';
import { readInvolvement, readVisibility } from '../../form-state.ts';
import { ACTION } from '../../ids.ts';
import { showsSame } from '../../same-blocks.ts';
import type { Services } from '../services.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
export const choiceAction =
  (services: Services) =>
  async ({
    ack,
    action,
    body: { view, user },
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    if (view === undefined) return;
    const draft = await services.findDraft(view.private_metadata);
    if (draft?.readiness === undefined || draft.userId !== user.id) return;
    const { readiness, nationalSecurity } = draft;
    const chosen = {
      involvementType: readInvolvement(view.state),
      visibility: readVisibility(view.state) ?? 'Full',
    };
    // Nothing depends on the visibility alone, and an update would stand in the way of the choice that comes next.
    if (action.action_id === ACTION.visibility && chosen.involvementType === undefined) return;
    const next = withChoices(view, { readiness, nationalSecurity }, chosen);
    // With the hash: of two quick choices the later one is shown.
    if (!showsSame(view.blocks, next.blocks)) await services.views.update(view.id, next, view.hash);
  };
