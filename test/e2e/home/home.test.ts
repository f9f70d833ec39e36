import { expect, test } from 'vitest';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, deals, overBothTransports } from '../workspace.ts';
import { home, openHome, pressAtHome } from './on-the-tab.ts';

overBothTransports('the home tab', (open) => {
  test('shows what needs the person, what waits, what can be submitted and what was decided, each with its button', async () => {
    const workspace = await open();
    const { aws, deal, submit, message } = workspace;
    deal({ id: 'O1', companyName: 'Northwind Fisheries' });
    deal({ id: 'O2', companyName: 'Kestrel Air Cargo' });
    deal({ id: 'O3', companyName: 'Tamarind Hotels' });
    deal({ id: 'O4', companyName: 'Lumière Optique' });
    await submit('O1');
    await message('Approval pending: O1');
    const heal = aws.injectFault({
      operation: 'SubmitOpportunity',
      times: 1,
      kind: { type: 'error', name: 'AccessDeniedException' },
    });
    await submit('O2');
    await message("AWS doesn't let the bot submit this: O2");
    heal();
    await submit('O3');
    await message('Approval pending: O3');
    aws.review('AWS', 'O3', 'Approved');
    await workspace.command('status O3');
    await message('Approved by AWS: O3', { user: ana });

    const shown = await openHome(workspace, 'Tamarind Hotels');
    const text = reads(shown);
    expect(text).toMatch(/Needs you: 1[\s\S]*With AWS: 1[\s\S]*Not submitted yet: 1[\s\S]*Decided: 1/);
    expect(text).toContain(
      "*Kestrel Air Cargo* · O2\nAWS doesn't let the bot submit this · less than an hour ago\n$18,500.00 monthly · closes",
    );
    expect(text).toContain('*Northwind Fisheries* · O1\nApproval pending · for less than an hour');
    expect(text).toMatch(/\*Lumière Optique\* · O4\nProspect · closes \d+ \w+ \d{4} · \$18,500\.00 monthly/);
    expect(text).toContain(
      'Of what was submitted from here AWS approved 1 of 1 (100%); 0 days to a decision (median of 1).',
    );
    expect(text).toContain('▇ *1* not submitted yet');
    expect(text).toContain('As of <!date');
    expect(buttons(shown)).toEqual([
      '✓ Mine',
      "Team's",
      'Filter…',
      'Refresh',
      'Try again',
      'Check status',
      'Submit…',
      'Details',
    ]);
  });

  test('a button pressed there is answered in a modal, and the tab follows', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message, modal, later } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    await submit('O1001');
    await message('Approval pending: O1001');
    await openHome(workspace, 'Northwind Fisheries');
    aws.review('AWS', 'O1001', 'In review');
    await pressAtHome(workspace, 'check_status');
    await modal("AWS's review says: *In review*");
    await later(3000);
    await home(workspace, /In review at AWS · for less/);
    await slack.closeView(ana);

    aws.review('AWS', 'O1001', 'Approved');
    await pressAtHome(workspace, 'check_status');
    await modal('Approved');
    await later(3000);
    await home(workspace, /With AWS: 0[\s\S]*Decided: 1/);
    await slack.closeView(ana);
    await pressAtHome(workspace, 'show_details');
    await modal('Data lake for Northwind Fisheries');
    // What the modal offers further is answered in its place.
    await slack.clickViewButton({ user: ana, actionId: 'history' });
    await modal(/History of .*O1001/);
    expect(slack.views(ana)).toHaveLength(1);
  });

  test('what AWS has sent back is fixed from there, and waits for AWS again', async () => {
    const workspace = await open();
    const { slack, aws, deal, submit, message, modal, later } = workspace;
    deal();
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Action Required', { comments: 'Which workload?' });
    await workspace.command('status O1001');
    await message('Action required: O1001', { user: ana });
    await openHome(workspace, 'Needs you: 1');
    await pressAtHome(workspace, 'fix_opportunity');
    await modal('Which workload?');
    await slack.fillIn(ana, { 'LifeCycle.TargetCloseDate': '2031-02-28' });
    await slack.submitView(ana);
    await modal('Sent back to AWS');
    await message('Approval pending: O1001');
    await later(3000);
    await home(workspace, /Needs you: 0[\s\S]*Approval pending · for/);
  });

  test("Team's shows everybody's, with their names", async () => {
    const workspace = await open();
    const { slack, deal, submit, message } = workspace;
    deal();
    await submit('O1001', {}, { user: ben });
    await message('Approval pending: O1001');
    await openHome(workspace, 'With AWS: 0');
    await pressAtHome(workspace, 'home_team');
    const shown = await home(workspace, 'With AWS: 1');
    expect(reads(shown)).toContain(`by <@${ben}>`);
    expect(buttons(shown)).toEqual(expect.arrayContaining(['Mine', "✓ Team's"]));
    // It is kept.
    await slack.openHome(ana);
    expect(reads(await home(workspace, 'With AWS: 1'))).toContain("✓ Team's");
  });

  test('Submit… asks in which channel the outcome belongs, then it is as from there', async () => {
    const workspace = await open();
    const { slack, deal, choose, message, modal } = workspace;
    deal({ id: 'O1', companyName: 'Northwind Fisheries' });
    deal({ id: 'O2', companyName: 'Kestrel Air Cargo' });
    await openHome(workspace, 'Kestrel Air Cargo');
    await pressAtHome(workspace, 'home_submit', { blockId: 'ready O1' });
    await modal('Where should the outcome appear?');
    await slack.fillIn(ana, { choose_channel: deals });
    await slack.submitView(ana);
    await modal('Data lake for Northwind Fisheries');
    await choose();
    await modal(/Recorded|Approval pending/);
    await message('Approval pending: O1');
    expect(slack.messages(slack.directMessage(ana).id)).toEqual([]);

    // Where it was the last time is offered the next time.
    await slack.openHome(ana);
    await home(workspace, 'With AWS: 1');
    await pressAtHome(workspace, 'home_submit', { blockId: 'ready O2' });
    expect((await modal('Where should')).values).toMatchObject({
      choose_channel: { choose_channel: { selected_conversation: deals } },
    });
  });
});
