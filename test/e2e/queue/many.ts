import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { connect } from '../../../src/database/connect.ts';
import { aForm, CHOICES, storeOn } from '../../submissions/records.ts';
import { ana, deals, type Workspace } from '../workspace.ts';

/** `O5000`, `O5001`, … */
export const idOf = (number: number): string => `O${5000 + number}`;

/**
 * Records as many requests of Ana's as if all had been submitted in the same second, a millisecond apart, straight
 * into the bot's database while it is stopped: a thousand modals would take longer than what is to be shown.
 */
export async function requestMany(
  workspace: Workspace,
  count: number,
  now: Date = workspace.clock.now(),
): Promise<void> {
  const { aws, folder, slack } = workspace;
  const database = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
  const store = storeOn(database);
  for (let number = 0; number < count; number += 1) {
    const opportunityId = idOf(number);
    const stored = anOpportunity({ id: opportunityId, now, catalog: 'AWS' });
    aws.seed(stored);
    const form = aForm({
      teamId: slack.team.id,
      userId: ana,
      channelId: deals,
      catalog: 'AWS',
      opportunityId,
      lastModifiedDate: stored.opportunity.LastModifiedDate,
    });
    await store.record(form, CHOICES, new Date(now.getTime() - count + number));
  }
  await database.close();
}
