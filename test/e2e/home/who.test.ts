import { expect, test } from 'vitest';
import { HOUR, idle, letPass, MINUTE } from '../passing-time.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, deals, general, gus, overSocketMode, sam } from '../workspace.ts';
import { home, openHome, pressAtHome } from './on-the-tab.ts';

overSocketMode('who sees what on the home tab', (open) => {
  test.each([
    ['a guest', gus, "Guests can't look up or submit"],
    ['who is not listed', ben, "You can't submit yet"],
  ])('%s is told so and whom to ask, and AWS is not asked', async (_, user, words) => {
    const workspace = await open({ settings: { SUBMITTERS: [ana, gus].join(',') } });
    const { aws, deal, submit, message } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await message('Approval pending: O1001');
    await idle(workspace);
    const asked = aws.requests().length;
    const shown = await openHome(workspace, words, user);
    expect(reads(shown)).not.toMatch(/Northwind|O1001/);
    expect(buttons(shown)).toEqual([]);
    await idle(workspace);
    expect(aws.requests()).toHaveLength(asked);
  });

  test('somebody of another workspace gets nothing, and it is not tried again and again', async () => {
    const workspace = await open();
    const { slack, deal } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await slack.openHome(sam);
    await letPass(workspace, 10 * MINUTE, MINUTE);
    const tried = slack.calls('views.publish');
    // Slack takes it, and shows it to nobody.
    expect(tried.map(({ ok }) => ok)).toEqual([true]);
    expect(slack.home(sam)).toBeUndefined();
    expect(JSON.stringify(tried)).not.toContain('Northwind');
  });

  test('whoever may submit in some channel sees theirs; the channel chosen for the outcome must be one of CHANNELS', async () => {
    const workspace = await open({ settings: { CHANNELS: deals } });
    const { slack, aws, deal, choose, message, modal } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await openHome(workspace, 'Has everything AWS is known to ask for');
    const asked = aws.requests('GetOpportunity').length;
    await pressAtHome(workspace, 'home_submit');
    await modal('Where should the outcome appear?');
    await slack.fillIn(ana, { choose_channel: general });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({
      choose_channel: expect.stringContaining("isn't used in that channel"),
    });
    expect(aws.requests('GetOpportunity')).toHaveLength(asked);
    await slack.fillIn(ana, { choose_channel: deals });
    await slack.submitView(ana);
    await modal('Data lake for Northwind');
    await choose();
    await message('Approval pending: O1001');
  });

  test('when Slack cannot say who somebody is nothing is shown, and the tab fills by itself once it can', async () => {
    const workspace = await open();
    const { slack, aws, deal, later } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    const shown = await openHome(workspace, "We couldn't check whether you may do this");
    expect(reads(shown)).not.toContain('Northwind');
    expect(aws.requests('ListOpportunities')).toEqual([]);
    heal();
    await later(5 * MINUTE);
    await home(workspace, 'Northwind Fisheries');
  });

  test('who loses the right loses the deals on the tab within the half hour; its buttons tell them nothing before', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message, modal, later } = workspace;
    deal({ id: 'O1', companyName: 'Northwind Fisheries' });
    deal({ id: 'O2', companyName: 'Kestrel Air Cargo' });
    await submit('O1');
    await message('Approval pending: O1');
    await openHome(workspace, 'Northwind Fisheries');
    await idle(workspace);
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    const asked = aws.requests('GetOpportunity').length;
    await pressAtHome(workspace, 'check_status');
    await modal("Guests can't look up or submit");
    await slack.closeView(ana);
    await pressAtHome(workspace, 'home_submit', { blockId: 'ready O2' });
    await modal('Where should the outcome appear?');
    await slack.submitView(ana);
    await modal("Guests can't look up or submit");
    expect(aws.requests('GetOpportunity')).toHaveLength(asked);
    await letPass(workspace, 30 * MINUTE, MINUTE);
    expect(reads(await home(workspace, "Guests can't"))).not.toMatch(/Northwind|Kestrel/);
  });

  test('a day after it was opened the tab empties itself; Refresh fills it', async () => {
    const workspace = await open();
    workspace.deal({ companyName: 'Northwind Fisheries' });
    await openHome(workspace, 'Northwind Fisheries');
    await letPass(workspace, 25 * HOUR, 20 * MINUTE);
    const shown = await home(workspace, 'It is a day since you opened this tab');
    expect(reads(shown)).not.toContain('Northwind');
    await pressAtHome(workspace, 'home_refresh');
    await home(workspace, 'Northwind Fisheries');
  });

  test('a National Security deal shows its ID and where it stands, nothing else', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    const secret = {
      companyName: 'Falcon Ridge Agency',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    };
    deal({ id: 'O1', ...secret });
    deal({ id: 'O2', ...secret });
    deal({ id: 'O3', companyName: 'Northwind Fisheries' });
    await submit('O1');
    await message('Approval pending: O1');
    await idle(workspace);
    const asked = aws.requests('ListOpportunities').length;
    const shown = reads(await openHome(workspace, 'Northwind Fisheries'));
    expect(shown).toContain('*O1*\nApproval pending · for less than an hour');
    expect(shown).toMatch(/\*O2\*\nSubmit/);
    expect(shown).toContain('Expected spend of 1 of these 2: $18,500.00 monthly');
    expect(shown).not.toContain('Falcon');
    expect(aws.requests('ListOpportunities').length).toBe(asked + 1);
  });

  test('amounts are added up of the rows that have one, and it is said of how many', async () => {
    const workspace = await open();
    const { deal, submit, message } = workspace;
    deal({
      id: 'O1',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    deal({ id: 'O2', companyName: 'Northwind Fisheries' });
    deal({ id: 'O3' });
    for (const id of ['O1', 'O2', 'O3']) {
      await submit(id);
      await message(`Approval pending: ${id}`);
    }
    const shown = reads(await openHome(workspace, 'Northwind Fisheries'));
    expect(shown).toContain('Expected spend of 2 of these 3: $37,000.00 monthly');
  });
});
