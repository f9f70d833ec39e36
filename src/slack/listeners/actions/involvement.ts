import type {
  AllMiddlewareArgs,
  BlockAction,
  RadioButtonsAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import { z } from 'zod';
import { withInvolvement } from '../../blocks/submit-modal.ts';
import type { Services } from '../services.ts';

const involvementType = z.enum(['Co-Sell', 'For Visibility Only']);

/** Another involvement was chosen in the form: what AWS asks for is shown for that one. */
export const involvementAction =
  (services: Services) =>
  async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<RadioButtonsAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const chosen = involvementType.safeParse(action.selected_option?.value);
    if (body.view === undefined || !chosen.success) return;
    const draft = await services.findDraft(body.view.private_metadata);
    if (draft?.readiness === undefined || draft.userId !== body.user.id) return;
    // With the hash: of two quick choices the later one is shown.
    await services.views.update(
      body.view.id,
      withInvolvement(
        body.view,
        { readiness: draft.readiness, nationalSecurity: draft.nationalSecurity },
        chosen.data,
      ),
      body.view.hash,
    );
  };
