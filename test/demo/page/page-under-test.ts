import type { Browser, Page as BrowserPage } from 'playwright-core';
import { jumpClock } from '../../../demo/jump-clock.ts';
import { type Page, startPage } from '../../../demo/page/server.ts';
import { demoOpportunities } from '../../../demo/partner-central/demo-opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { startSlack } from '../../../demo/slack/server.ts';
import type { SlackStandIn } from '../../../demo/slack/stand-in.ts';
import { openTab } from '../../browser.ts';
import { type ExampleApp, startExampleApp } from './example-app.ts';

/** The page over real stand-ins, with the example app in the bot's place. */
export interface PageUnderTest {
  readonly page: Page;
  readonly slack: SlackStandIn;
  readonly partnerCentral: PartnerCentralStandIn;
  readonly app: ExampleApp;
  /** A tab of its own, at 1280 by 800. Fails `close` if the page's code threw or broke its own rules. */
  open(browser: Browser): Promise<BrowserPage>;
  close(): Promise<void>;
}

export async function startPageUnderTest({ port = 0 } = {}): Promise<PageUnderTest> {
  const clock = jumpClock();
  const slack = await startSlack({ clock });
  const partnerCentral = await startPartnerCentral({ clock });
  const opportunities = demoOpportunities(clock.now(), 'AWS');
  for (const { stored } of opportunities) partnerCentral.seed(stored);
  const app = await startExampleApp(slack);
  const page = await startPage({
    slack,
    partnerCentral,
    clock,
    port,
    purposes: new Map(opportunities.map((each) => [each.stored.opportunity.Id, each])),
    reviewPauseMs: 20,
  });
  const tabs: BrowserPage[] = [];
  const complaints: string[] = [];
  return {
    page,
    slack,
    partnerCentral,
    app,
    open: async (browser) => {
      const tab = await openTab(browser);
      tabs.push(tab);
      tab.on('pageerror', (error) => complaints.push(error.message));
      tab.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await tab.goto(page.url);
      await tab.getByRole('heading', { name: 'AWS Partner Central' }).waitFor();
      return tab;
    },
    close: async () => {
      for (const tab of tabs) await tab.close();
      await page.close();
      await app.close();
      await slack.close();
      await partnerCentral.close();
      if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('\n')}`);
    },
  };
}
