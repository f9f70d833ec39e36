import { expect, test } from 'vitest';
import { connect } from '../../../src/database/connect.ts';
import { idle } from '../passing-time.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, overSocketMode, type Workspace } from '../workspace.ts';
import { home, openHome, pressAtHome } from './on-the-tab.ts';

overSocketMode('all deals of the partner on the home tab', (open) => {
  const elsewhere = { involvementType: 'Co-Sell', visibility: 'Full' } as const;
  const filter = async ({ slack, modal }: Workspace, inputs: Readonly<Record<string, string>>) => {
    await slack.clickViewButton({ user: ana, actionId: 'home_filter', home: true });
    await modal('Find one deal');
    await slack.fillIn(ana, inputs);
    await slack.submitView(ana);
  };

  test('what was submitted by another way is there, and what AWS sent back needs whoever looks', async () => {
    const workspace = await open();
    const { deal } = workspace;
    deal({ id: 'O1', companyName: 'Northwind Fisheries', reviewStatus: 'Action Required', ...elsewhere });
    deal({ id: 'O2', companyName: 'Kestrel Air Cargo', reviewStatus: 'In review', ...elsewhere });
    deal({ id: 'O3', companyName: 'Tamarind Hotels', reviewStatus: 'Approved', ...elsewhere });
    const mine = await openHome(workspace, 'Needs you: 1');
    expect(reads(mine)).toMatch(
      /Northwind Fisheries\* · O1\nAction required[\s\S]*With AWS: 0[\s\S]*Decided: 0/,
    );
    expect(buttons(mine)).toContain('Fix and send back');
    await pressAtHome(workspace, 'home_team');
    const team = await home(workspace, /Needs somebody: 1[\s\S]*With AWS: 1[\s\S]*Decided: 1/);
    expect(reads(team)).toContain('*1* approved');
    await pressAtHome(workspace, 'fix_opportunity');
    await workspace.modal('O1');
  });

  test('what is missing is named, a past close date marked, what AWS referred stands apart and can’t be submitted', async () => {
    const workspace = await open();
    const { deal } = workspace;
    deal({
      id: 'O1',
      companyName: 'Northwind Fisheries',
      fields: { 'Project.Title': '', 'LifeCycle.TargetCloseDate': '2020-03-12' },
    });
    deal({ id: 'O2', companyName: 'Kestrel Air Cargo' });
    deal({ id: 'O3', companyName: 'Tamarind Hotels', origin: 'AWS Referral' });
    deal({ id: 'O4', companyName: 'Lost & Gone', stage: 'Closed Lost' });
    const shown = await openHome(workspace, /Not submitted yet: 2[\s\S]*Referred by AWS: 1[\s\S]*O3/);
    const text = reads(shown);
    expect(text).toMatch(
      /O1\nProspect · ⚠️ close date 12 Mar 2020 is past · .*\nMissing or wrong: Target close date, Project title/,
    );
    expect(text).toMatch(/O2\n.*\nHas everything AWS is known to ask for/);
    expect(text).not.toContain('O4');
    expect(buttons(shown).filter((each) => each === 'Submit…')).toHaveLength(2);
  });

  test('any deal is found by its customer in three clicks; the customer is written down nowhere', async () => {
    const workspace = await open();
    const { slack, deal, folder, modal } = workspace;
    for (let number = 100; number < 140; number += 1) {
      deal({ id: `O${number}`, companyName: number === 123 ? 'Lumière Optique' : `Customer ${number}` });
    }
    await openHome(workspace, 'Not submitted yet: 40');
    await slack.clickViewButton({ user: ana, actionId: 'home_filter', home: true });
    await modal('Find one deal');
    const offered = await slack.optionsFor(ana, 'find_deal', 'lumiere');
    expect(offered.map(({ value }) => value)).toEqual(['O123']);
    await slack.fillIn(ana, { find_deal: 'O123' });
    await slack.submitView(ana);
    const shown = await home(workspace, 'Not submitted yet: 1');
    expect(reads(shown)).toContain('Lumière Optique');
    expect(reads(shown)).toContain('Only: O123');
    await idle(workspace);
    await workspace.end();
    const { db, close } = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
    expect(JSON.stringify(await db.selectFrom('home_tabs').selectAll().execute())).not.toContain('Lumi');
    await close();
  });

  test('filtered by owner, status and stage, sorted by spend or close date, and kept', async () => {
    const workspace = await open();
    const { slack, deal, submit, message } = workspace;
    const spend = (amount: string) => ({
      'Project.ExpectedCustomerSpend': [
        { Amount: amount, CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
      ],
    });
    deal({ id: 'O1', fields: { ...spend('10.00'), 'LifeCycle.TargetCloseDate': '2031-03-12' } });
    deal({ id: 'O2', fields: { ...spend('900.00'), 'LifeCycle.TargetCloseDate': '2032-03-12' } });
    deal({ id: 'O3', stage: 'Committed', fields: spend('20.00') });
    await submit('O1', {}, { user: ben });
    await message('Approval pending: O1');
    await submit('O2');
    await message('Approval pending: O2');
    await openHome(workspace, 'With AWS: 1');
    await pressAtHome(workspace, 'home_team');
    await home(workspace, 'With AWS: 2');
    await filter(workspace, { sort: 'spend' });
    expect(reads(await home(workspace, 'Sorted by spend'))).toMatch(/O2\n[\s\S]*O1\n[\s\S]*O3\n/);
    await filter(workspace, { sort: 'close-date' });
    expect(reads(await home(workspace, 'Sorted by close date'))).toMatch(/O1\n[\s\S]*O2\n/);
    await filter(workspace, { owner: ben });
    expect(reads(await home(workspace, `Only: <@${ben}>`))).toMatch(/With AWS: 1[\s\S]*Not submitted yet: 0/);
    await pressAtHome(workspace, 'home_clear');
    await home(workspace, 'With AWS: 2');
    await filter(workspace, { stage: 'Committed' });
    const committed = reads(await home(workspace, 'Only: Committed'));
    expect(committed).toMatch(/With AWS: 0[\s\S]*Not submitted yet: 1/);
    await idle(workspace);
    await slack.openHome(ana);
    expect(reads(await home(workspace, 'Only: Committed'))).toMatch(/Not submitted yet: 1/);
  });
});
