import { expect, test } from 'vitest';
import { home, openHome } from './home/on-the-tab.ts';
import { HOUR, idle, letPass, MINUTE } from './passing-time.ts';
import { reads } from './words-on-screen.ts';
import { ana, ben, overSocketMode, type Workspace } from './workspace.ts';

const GROUP = 'S07SELLERS0';
const sellers = ({ slack }: Workspace, users: readonly string[]) =>
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users });

overSocketMode('who may no longer see deals', (open) => {
  test('has their open form and their home tab emptied when that is noticed, at any door', async () => {
    const workspace = await open({ settings: { SUBMITTERS: GROUP } });
    const { deal, look, later, command, modal } = workspace;
    sellers(workspace, [ana, ben]);
    deal({ companyName: 'Northwind Fisheries' });
    await openHome(workspace, 'Northwind Fisheries');
    expect(reads(await look('O1001'))).toContain('Northwind');
    expect(reads(await look('O1001', { user: ben }))).toContain('Northwind');

    sellers(workspace, [ben]);
    await later(61_000);
    await command('list');
    expect(reads(await modal("You can't submit yet"))).not.toContain('Northwind');
    expect(reads(await home(workspace, "You can't submit yet"))).not.toContain('Northwind');
    // Nobody else's.
    expect(reads(await modal('Northwind', { user: ben }))).toContain('How should AWS be involved?');
  });

  test('has a home tab emptied that was being published just then', async () => {
    const workspace = await open();
    const { slack, aws, deal, command, later, message, clock } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await command('help');
    await later(58_000);
    const heal = aws.injectFault({ operation: 'ListOpportunities', kind: { type: 'latency', ms: 7000 } });
    await slack.openHome(ana);
    await idle(workspace);
    clock.jump(400);
    await home(workspace, "AWS hasn't listed the deals yet");
    // From here on the tab is being made, for somebody who might see it a moment ago.
    await later(2000);
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await command('list');
    await message("Guests can't look up or submit", { user: ana });
    await idle(workspace);
    heal();
    await letPass(workspace, MINUTE);
    expect(reads(await home(workspace, "Guests can't"))).not.toContain('Northwind');
  });

  test('has them emptied when the bot starts, whatever was open within the last day', async () => {
    const workspace = await open();
    const { deal, look, end, begin, modal, clock } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await openHome(workspace, 'Northwind Fisheries');
    expect(reads(await look('O1001'))).toContain('Northwind');
    await end();
    clock.jump(HOUR);
    await begin({ SUBMITTERS: ben });
    expect(reads(await modal("You can't submit yet"))).not.toContain('Northwind');
    expect(reads(await home(workspace, "You can't submit yet"))).not.toContain('Northwind');
  });

  test('when Slack cannot say who somebody is, nothing is taken from them', async () => {
    const workspace = await open();
    const { slack, deal, look, later, command, message } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    expect(reads(await look('O1001'))).toContain('Northwind');
    await later(61_000);
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await command('list');
    await message("We couldn't check", { user: ana });
    heal();
    expect(slack.view(ana) && reads(slack.view(ana) ?? (await look('O1001')))).toContain('Northwind');
  });
});
