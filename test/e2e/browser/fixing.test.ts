import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Demo } from '../../../demo/start.ts';
import { onTheDemo, tryOut } from './on-the-demo.ts';

onTheDemo('changing a deal on the page of the demo', (now) => {
  let demo: Demo;
  let tab: Page;
  beforeEach(() => {
    ({ demo, tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const row = (id: string) => tab.locator(`[data-opportunity="${id}"]`);
  const choose = async () => {
    await modal()
      .getByRole('radio', { name: /Co-Sell/ })
      .first()
      .check();
    for (const box of await modal().getByRole('checkbox').all()) await box.check();
  };
  const stored = (id: string) => demo.partnerCentral.opportunity('AWS', id)?.opportunity;

  test('what AWS has sent back is fixed and goes back to AWS', async () => {
    await tryOut(tab, 'O3005');
    await modal().getByText('Please confirm the postal code').waitFor();
    await modal().getByRole('button', { name: 'Fix and send back' }).click();
    const problem = modal().getByRole('textbox', { name: /Customer business problem/ });
    await problem.fill(
      'Saws are planned by hand for the week; the plan moves to AWS and is made every hour.',
    );
    await modal().getByRole('button', { name: 'Send back to AWS' }).click();
    await modal().getByText('Sent back to AWS: O3005').waitFor();
    await row('O3005').locator('.status', { hasText: 'Submitted' }).waitFor();
    expect(stored('O3005')).toMatchObject({
      Project: { CustomerBusinessProblem: expect.stringContaining('every hour') },
    });
    await tab.keyboard.press('Escape');
    await tab.locator('.message', { hasText: 'Approval pending' }).waitFor();
  });

  test('what readiness finds is mended in the form, and submitted from there', async () => {
    await tryOut(tab, 'O2003');
    await modal().getByRole('button', { name: 'Fix', exact: true }).click();
    const search = modal().getByRole('combobox').first();
    await search.click();
    await modal()
      .getByRole('option', { name: /Harbor Data Lakehouse/ })
      .click();
    await choose();
    await modal().getByRole('button', { name: 'Save and submit' }).click();
    await tab.locator('.message', { hasText: 'Approval pending' }).waitFor();
    expect(stored('O2003')).toMatchObject({ RelatedEntityIdentifiers: { Solutions: ['S-0051246'] } });
  });

  test('what the reviewer sends back is fixed from its message, by the keyboard', async () => {
    await tryOut(tab, 'O1001');
    await choose();
    await modal().getByRole('button', { name: 'Submit' }).click();
    await modal().getByRole('button', { name: 'Submit' }).waitFor({ state: 'detached' });
    await tab.keyboard.press('Escape');
    await row('O1001')
      .getByRole('button', { name: /^Ask for more/ })
      .click();
    await row('O1001').getByRole('button', { name: 'Send to the partner' }).click();
    await tab
      .locator('.message')
      .getByRole('button', { name: /^Check status/ })
      .first()
      .click();
    // The decision is posted last: from then on the message stays as it is, and so does the focus.
    await tab.getByText('1 reply').waitFor();
    await tab
      .getByRole('button', { name: /^Fix and send back, opportunity O1001/ })
      .first()
      .press('Enter');
    const website = modal().getByRole('textbox', { name: /Customer website/ });
    await website.fill('https://fisheries.example');
    await website.press('Enter');
    await modal().getByText('Sent back to AWS: O1001').waitFor();
    expect(stored('O1001')).toMatchObject({
      Customer: { Account: { WebsiteUrl: 'https://fisheries.example' } },
    });
  });
});
