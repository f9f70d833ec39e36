import { parseOpportunityId } from '../../opportunity-ids.ts';
import { doorOf, whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';
import type { ButtonArgs } from './answer-privately.ts';

/** *Fix and send back* in a message: the form for changing the deal that AWS has sent back. */
export const fixAction =
  (services: Services) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    const value = action.value ?? '';
    await services.fixForm.open(doorOf(body), async () => {
      // Where this bot has no record the button names the opportunity itself.
      const opportunityId = parseOpportunityId(value);
      if (opportunityId !== undefined) return { opportunityId };
      const entry = await services.findEntry(value);
      const channelId = entry?.channelId ?? services.followChannel;
      if (entry === undefined || channelId === undefined) return entry;
      return { opportunityId: entry.opportunityId, channelId, threadTs: entry.threadTs };
    });
  };

/** *Fix this here*, or *Fix and send back*, in a view that is about the deal: the form takes its place. */
export const fixHereAction =
  (services: Services) =>
  async ({ ack, body }: ButtonArgs): Promise<void> => {
    await ack();
    if (body.view === undefined) return;
    const { id: viewId, private_metadata: draftId } = body.view;
    await services.fixForm.openIn({ viewId, draftId, who: whoOf(body) });
  };

/** *Review and save again*: the form with what the person typed kept, beside what AWS has now. */
export const reviewChangeAction =
  (services: Services) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    const changeId = action.value ?? '';
    if (body.view !== undefined) {
      const { id: viewId, private_metadata: draftId } = body.view;
      await services.fixForm.openIn({ viewId, draftId, who: whoOf(body), changeId });
      return;
    }
    await services.fixForm.open(doorOf(body), async () => {
      const about = await aboutChange(services, changeId);
      return about === undefined ? undefined : { ...about, changeId };
    });
  };

/** *Go on to Submit*, in the message that a change was saved: the form, for where the change was made from. */
export const goOnAction =
  (services: Services) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    await services.form.open(doorOf(body), () => aboutChange(services, action.value ?? ''));
  };

/** The deal, and where it was changed: the message that says so may be a DM. */
async function aboutChange({ findChange }: Services, changeId: string) {
  const change = await findChange(changeId);
  if (change === undefined) return undefined;
  const { opportunityId, channelId, threadTs } = change;
  return { opportunityId, channelId, threadTs };
}
