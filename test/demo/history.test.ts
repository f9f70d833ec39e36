import { expect, test } from 'vitest';
import { z } from 'zod';
import { demoChannels, demoPeople } from '../../demo/slack/demo-workspace.ts';
import { startDemo } from '../../demo/start.ts';

const pageState = z.object({
  opportunities: z.array(z.looseObject({ id: z.string(), group: z.string(), moved: z.boolean() })),
});

test('#deals opens with an approved and a sent-back deal, which the bot itself has submitted', async () => {
  const demo = await startDemo({ withHistory: true });
  try {
    const messages = demo.slack.messages(demoChannels.deals);
    const about = (id: string) => JSON.stringify(messages.filter(({ text }) => text.includes(id)));
    expect(about('O3008')).toMatch(/approved/i);
    expect(about('O3009')).toMatch(/fix and send back/i);
    expect(messages.every(({ via, user }) => via === 'api' && user === demo.slack.botUserId)).toBe(true);
    expect(['O3008', 'O3009'].map((id) => demo.partnerCentral.submissionsExecuted(id))).toEqual([1, 1]);
    expect([demoPeople.ana, demoPeople.ben].flatMap((person) => demo.slack.views(person))).toEqual([]);

    // The visitor has submitted nothing yet.
    const response = await fetch(`${demo.url}api/state?user=${demoPeople.ana}`);
    const { opportunities } = pageState.parse(await response.json());
    expect(opportunities.filter(({ moved }) => moved)).toEqual([]);
    expect(opportunities).toContainEqual(
      expect.objectContaining({ id: 'O3009', group: 'with-aws', reviewStatus: 'Action Required' }),
    );
  } finally {
    await demo.stop();
  }
});
