import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { readInvolvement, readVisibility } from '../../form-state.ts';
import { withChoices } from '../../forms/submit.ts';
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
    const next = withChoices(view, { readiness, nationalSecurity }, chosen);
    await services.showLatest({ view, at: action.action_ts }, next);
  };
