import type { AnyBlock, InputBlock } from '@slack/types';
import type { DemoOpportunity } from './partner-central/demo-opportunities.ts';
import { anOpportunity } from './partner-central/opportunities.ts';
import type { PartnerCentralStandIn } from './partner-central/stand-in.ts';
import { demoChannels, demoPeople } from './slack/demo-workspace.ts';
import type { InputValue, OpenView, SlackStandIn } from './slack/stand-in.ts';

/** What Ben and Ana did before a visitor comes: the real bot does it again at each start of the demo. */
const deeds = [
  {
    person: demoPeople.ben,
    id: 'O3008',
    companyName: 'Fennel & Rye Bakeries',
    title: 'Demand forecasts for Fennel & Rye',
    purpose: 'Approved: Ben submitted it in #deals',
    decision: 'Approved',
  },
  {
    person: demoPeople.ana,
    id: 'O3009',
    companyName: 'Skerry Boatyards',
    title: 'Hull inspection archive for Skerry Boatyards',
    purpose: 'Sent back: Ana submitted it in #deals, and can fix it here',
    decision: 'Action Required',
    comments:
      'Please say which workload moves to AWS, and confirm the customer’s website. The close date looks early for that.',
  },
] as const;

/**
 * Lets people submit two deals in #deals, and AWS approve the one and send the other back. Resolves once the channel
 * has both decisions, with the deals.
 */
export async function playHistory(
  slack: SlackStandIn,
  partnerCentral: PartnerCentralStandIn,
  { now, catalog }: { readonly now: Date; readonly catalog: string },
): Promise<readonly DemoOpportunity[]> {
  const channel = demoChannels.deals;
  const opportunities: DemoOpportunity[] = [];
  for (const deed of deeds) {
    const { person, id, companyName, title, purpose, decision } = deed;
    const stored = anOpportunity({ id, catalog, now, companyName, title });
    partnerCentral.seed(stored);
    opportunities.push({ group: 'with-aws', purpose, stored });
    await slack.slashCommand({ user: person, channel, text: id });
    await slack.waitForView(person, (open) => 'submit' in open.view && open.view.submit !== undefined);
    await fillIn(slack, person);
    await slack.submitView(person);
    const message = await slack.waitForMessage(
      channel,
      (shown) => partnerCentral.submissionsExecuted(id) === 1 && shown.edited && speaksOf(shown, id),
    );
    while (slack.view(person) !== undefined) await slack.closeView(person);
    partnerCentral.review(catalog, id, decision, 'comments' in deed ? { comments: deed.comments } : {});
    await slack.waitForMessage(channel, ({ ts, threadTs }) => threadTs === message.ts && ts !== threadTs);
  }
  return opportunities;
}

const speaksOf = (shown: object, id: string): boolean => JSON.stringify(shown).includes(id);

/** Chooses the first of everything the form asks for, as it appears. */
async function fillIn(slack: SlackStandIn, person: string): Promise<void> {
  const next = firstEmpty(slack.view(person));
  if (next === undefined) return;
  await slack.fillIn(person, next);
  await fillIn(slack, person);
}

function firstEmpty(open: OpenView | undefined): Readonly<Record<string, InputValue>> | undefined {
  for (const { block_id: blockId = '', element, optional } of open?.view.blocks.filter(isInput) ?? []) {
    if (optional === true || !('options' in element)) continue;
    const entries = Object.values(open?.values[blockId] ?? {});
    const isEmpty = entries.some(
      ({ selected_option: one, selected_options: several }) =>
        one === null || (Array.isArray(several) && several.length === 0),
    );
    const [first] = element.options ?? [];
    if (isEmpty && first?.value !== undefined) return { [blockId]: first.value };
  }
  return undefined;
}

const isInput = (block: AnyBlock): block is InputBlock => block.type === 'input';
