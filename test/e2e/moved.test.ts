import { expect, test } from 'vitest';
import { changeElsewhere, NEW_PROBLEM, openFix, PROBLEM, refuses, sentBack } from './fix/changing.ts';
import { reads } from './words-on-screen.ts';
import { ana, overBothTransports, overSocketMode, type Workspace } from './workspace.ts';

overBothTransports('the bot is moved to the other catalog, where the same ID is another deal', (open) => {
  test('what AWS says of a deal is written down of that deal, not of its namesake', async () => {
    const { deal, aws, submit, message, moveTo, press, command } = await open();
    deal();
    deal({ catalog: 'Sandbox' });
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    await moveTo('Sandbox');
    aws.review('AWS', 'O1001', 'In review');
    await press(pending, 'check_status');
    await message(/^In review at AWS: O1001/);
    await command('status O1001');
    expect(reads(await message("AWS's review says: *Pending Submission*"))).not.toContain('In review');
  });

  test('the history of an older deal does not name the customer of its namesake', async () => {
    const { deal, submit, message, modal, moveTo, press } = await open();
    deal({ companyName: 'Northwind Fisheries' });
    deal({ catalog: 'Sandbox', companyName: 'Namesake' });
    await submit('O1001');
    const pending = await message('Approval pending: O1001');
    await moveTo('Sandbox');
    await press(pending, 'history');
    expect(reads(await modal('History of'))).not.toContain('Namesake');
  });

  test('what waits is held, and never sent there', async () => {
    const { deal, aws, submit, message, moveTo } = await open({ settings: { PAUSED: '1' } });
    deal();
    deal({ catalog: 'Sandbox' });
    await submit('O1001');
    await message('Kept, not sent yet');
    await moveTo('Sandbox', { PAUSED: '0' });
    expect(reads(await message('Held back: O1001'))).toContain('recorded for Production');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});

overSocketMode('a button from before opens no form for the deal of the same ID', (open) => {
  const isTold = async ({ modal }: Pick<Workspace, 'modal'>): Promise<void> => {
    const { view } = await modal('This is about a deal in Production. The bot works in Sandbox now');
    expect(view).toMatchObject({ title: { text: 'Another catalog' } });
  };

  test('Try again', async () => {
    const { deal, look, choose, message, moveTo, press, modal } = await open();
    deal();
    deal({ catalog: 'Sandbox' });
    await look('O1001');
    deal({ fields: { LastModifiedDate: '2026-11-22T20:00:00.123Z' } });
    await choose();
    const changed = await message('Not sent: the opportunity has changed: O1001');
    await moveTo('Sandbox');
    await press(changed, 'try_again');
    await isTold({ modal });
  });

  test('Fix, in the form that shows what became of it, and in the message', async () => {
    const workspace = await open();
    const { deal, slack, submit, message, moveTo, press, modal } = workspace;
    deal();
    deal({ catalog: 'Sandbox' });
    refuses(workspace, PROBLEM);
    await submit('O1001');
    const refused = await message('AWS needs something changed first: O1001');
    await modal('AWS needs something changed first');
    await moveTo('Sandbox');
    await slack.clickViewButton({ user: ana, actionId: 'fix_opportunity' });
    await isTold({ modal });
    await slack.closeView(ana);
    await press(refused, 'fix_opportunity');
    await isTold({ modal });
  });

  test('Fix, in a form that was open meanwhile', async () => {
    const workspace = await open();
    const { deal, look, slack, moveTo, modal } = workspace;
    sentBack(workspace);
    deal({ catalog: 'Sandbox', reviewStatus: 'Action Required' });
    await look('O1001');
    await moveTo('Sandbox');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await isTold({ modal });
  });

  test('Try again, in a form that could not be shown', async () => {
    const { deal, look, slack, moveTo, modal } = await open();
    deal({ catalog: 'Sandbox' });
    await look('O1001');
    await modal("isn't there");
    await moveTo('Sandbox');
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    await isTold({ modal });
  });

  test('Review and save again', async () => {
    const workspace = await open();
    const { deal, slack, modal, message, moveTo, press } = workspace;
    sentBack(workspace);
    deal({ catalog: 'Sandbox', reviewStatus: 'Action Required' });
    await openFix(workspace);
    changeElsewhere(workspace, 'Project', { CustomerBusinessProblem: 'Somebody else wrote this.' });
    await slack.fillIn(ana, { [PROBLEM]: NEW_PROBLEM });
    await slack.submitView(ana);
    const told = await message('Not saved: somebody else changed the same fields: O1001');
    await slack.closeView(ana);
    await moveTo('Sandbox');
    await press(told, 'review_edit');
    await isTold({ modal });
  });
});
