import { expect, test } from 'vitest';
import { openHome } from './home/on-the-tab.ts';
import { markup } from './words-on-screen.ts';
import { ana, overSocketMode } from './workspace.ts';

const page = (id: string) => `https://us-east-1.console.aws.amazon.com/partnercentral/opportunities/${id}`;
const link = (id: string) => `<${page(id)}|${id}>`;

overSocketMode('the page of a deal in Partner Central', (open) => {
  test('is where its ID leads: in the form, the message, the decision, the answers, the list and the home tab', async () => {
    const workspace = await open();
    const { aws, deal, look, choose, message, modal, command, press } = workspace;
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    deal({ id: 'O1002', companyName: 'Kestrel Air Cargo' });
    expect(markup(await look('O1001'))).toContain('/opportunities/O1001|');
    await choose();
    const pending = await message('Approval pending: O1001');
    expect(markup(pending)).toContain(`*Approval pending: ${link('O1001')}*`);
    await press(pending, 'check_status');
    expect(markup(await message(" · O1001: AWS's review says", { user: ana }))).toContain(link('O1001'));
    await press(pending, 'history');
    expect(markup(await modal(/History of .*O1001/))).toContain(link('O1001'));
    aws.review('AWS', 'O1001', 'Approved');
    await press(pending, 'show_details');
    expect(markup(await modal('Northwind Fisheries'))).toContain(link('O1001'));
    const decision = await message(new RegExp(`<@${ana}> ✅ \\*Approved by AWS: O1001\\*`));
    expect(markup(decision)).toContain(`*Approved by AWS: ${link('O1001')}*`);
    await command('list');
    expect(markup(await message('*Yours*', { user: ana }))).toContain(
      `• *Northwind Fisheries* · ${link('O1001')}`,
    );
    await command('status O1002');
    expect(markup(await message('no record of O1002', { user: ana }))).toContain(link('O1002'));
    const home = markup(await openHome(workspace, 'Kestrel Air Cargo'));
    expect(home).toContain(`*Northwind Fisheries* · ${link('O1001')}`);
    expect(home).toContain(`*Kestrel Air Cargo* · ${link('O1002')}`);
  });

  test('is where the IDs of several lead, and notifications have none', async () => {
    const { slack, deal, choose, message, command } = await open();
    deal({ id: 'O1001' });
    deal({ id: 'O1002' });
    deal({ id: 'O3001', reviewStatus: 'In review' });
    await command('O1001 O1002 O3001 O9', { user: ana });
    const form = await slack.waitForView(ana, (view) => markup(view).includes("Can't be submitted"));
    expect(markup(form)).toContain(`• *${link('O3001')}*: `);
    expect(markup(form)).toContain("• *O9*: it isn't there");
    await choose();
    const batch = await message('2 with AWS');
    expect(markup(batch)).toContain(`*Approval pending*: ${link('O1001')}, ${link('O1002')}`);
    expect(
      slack
        .messages(batch.channel)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('https:');
  });

  test('in Sandbox is the front page, and the ID leads nowhere', async () => {
    const { deal, submit, message } = await open({ settings: { PARTNER_CENTRAL_CATALOG: 'Sandbox' } });
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    expect(JSON.stringify(pending.blocks)).toContain('"url":"https://partnercentral.awspartner.com/"');
    expect(markup(pending)).toContain('*Approval pending: O1001*');
  });

  test('is the operator’s own where they name one, in Sandbox too', async () => {
    const { deal, submit, message } = await open({
      settings: {
        PARTNER_CENTRAL_CATALOG: 'Sandbox',
        PARTNER_CENTRAL_LINK: 'https://crm.example/deals?id={id}&tab=aws',
      },
    });
    deal();
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    expect(JSON.stringify(pending.blocks)).toContain('"url":"https://crm.example/deals?id=O1001&tab=aws"');
    expect(markup(pending)).toContain('<https://crm.example/deals?id=O1001&amp;tab=aws|O1001>');
  });
});
