import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { withChoices } from '../../blocks/submit-modal.ts';
import { readInvolvement, readVisibility } from '../../form-state.ts';
import type { Services } from '../services.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
export const choiceAction =
  (services: Services) =>
  async ({
    ack,
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
    // With the hash: of two quick choices the later one is shown.
    await services.views.update(
      view.id,
      withChoices(view, { readiness, nationalSecurity }, chosen),
      view.hash,
    );
  };
