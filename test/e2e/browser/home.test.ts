import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { demoChannels } from '../../../demo/slack/demo-workspace.ts';
import type { Demo } from '../../../demo/start.ts';
import { fillInAndSubmit, onTheDemo, tryOut } from './on-the-demo.ts';

onTheDemo("the bot's home tab on the page of the demo", (now) => {
  let demo: Demo;
  let tab: Page;
  beforeEach(() => {
    ({ demo, tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const home = () => tab.getByRole('region', { name: 'Home', exact: true });
  const heading = (name: RegExp | string) => home().getByRole('heading', { name });
  const openHome = async () => {
    await tab.getByRole('button', { name: 'Opportunity Bot' }).click();
    await heading(/Not submitted yet/).waitFor();
  };

  test('a deal is submitted from the home tab, which follows it, and its outcome stands in the chosen channel', async () => {
    await openHome();
    await home().getByText('Calder & Finch Logistics').waitFor();
    expect(await home().textContent()).not.toContain('Redacted');
    await home().getByRole('button', { name: 'Submit…, opportunity O1002' }).click();
    await modal()
      .getByRole('combobox', { name: 'Where should the outcome appear?' })
      .selectOption(demoChannels.deals);
    await modal().getByRole('button', { name: 'Continue' }).click();
    await modal().getByText('Warehouse control on AWS').waitFor();
    await fillInAndSubmit(tab);
    await heading('With AWS: 1').waitFor();
    expect(demo.partnerCentral.submissionsExecuted('O1002')).toBe(1);

    await home().getByRole('button', { name: 'Check status, opportunity O1002' }).click();
    await modal().getByText("AWS's review says").waitFor();
    await tab.keyboard.press('Escape');
    await tab.getByRole('button', { name: /deals/ }).click();
    await tab
      .getByText(/Approval pending/)
      .first()
      .waitFor();
  });

  test("Team's shows what somebody else submitted; a reload stays there; messages are beside it", async () => {
    await tab.getByRole('radio', { name: /Ben/ }).check();
    await tryOut(tab, 'O1001');
    await fillInAndSubmit(tab);
    await tab.getByRole('radio', { name: /Ana/ }).check();
    await openHome();
    await home().getByRole('button', { name: "Show: Team's" }).click();
    // What was submitted elsewhere waits there too.
    await heading(/With AWS: [1-9]/).waitFor();
    await home().getByText('by @Ben Alliance').waitFor();
    await tab.reload();
    await home().getByText('by @Ben Alliance').waitFor();
    await tab.getByRole('button', { name: 'Messages' }).click();
    await tab.getByRole('log', { name: 'Messages' }).waitFor();
  });

  test('a guest is told so there, and sees no deal', async () => {
    await openHome();
    await tab.getByRole('radio', { name: /Gus/ }).check();
    await home().getByText("Guests can't look up or submit").waitFor();
    expect(await home().getByRole('button').count()).toBe(0);
    expect(await home().textContent()).not.toMatch(/Northwind|O1001/);
  });

  test('Try on the home tab goes to a channel, and gives the command there', async () => {
    await openHome();
    await tryOut(tab, 'O1001');
    await modal().getByText('Data lake for Northwind Fisheries').waitFor();
  });
});
