import { expect, test } from 'vitest';
import { reads } from './words-on-screen.ts';
import { ana, overBothTransports } from './workspace.ts';

const CO_SELL_ONLY = { PrimaryNeedsFromAws: [], 'LifeCycle.NextSteps': undefined };

overBothTransports('what AWS will ask for, in the form', (open) => {
  test('a deal that has it all is ready', async () => {
    const { deal, look } = await open();
    deal();
    const form = reads(await look('O1001'));
    // A new deal is Prospect, and AWS was seen to take such deals in Sandbox only.
    expect(form).toContain("*Looks complete.* *Stage* is Prospect. AWS's guide says Qualified.");
    expect(form).not.toContain('Submit it all the same?');
  });

  test('one that AWS will probably refuse says why, and goes out only with a further yes', async () => {
    const { deal, aws, look, choose, message, slack } = await open();
    deal({
      fields: {
        'LifeCycle.TargetCloseDate': '2020-01-31',
        'Customer.Account.Address.PostalCode': undefined,
        OpportunityType: 'Flat Renewal',
      },
    });
    const form = reads(await look('O1001'));
    expect(form).toContain(
      "*AWS refused this in Sandbox:*\n• *Target close date* is missing, or isn't after today.",
    );
    expect(form).toContain('*AWS refuses this:*\n• *Customer postal code* is missing.');
    expect(form).toContain('*Worth improving:*\n• *Related opportunity* is missing.');

    await expect(choose({ anyway: false })).rejects.toThrow(/anyway/);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);

    await slack.fillIn(ana, { anyway: ['anyway'] });
    expect(await slack.submitView(ana)).toMatchObject({ acknowledged: true });
    await message('AWS needs something changed first');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('it changes with the involvement, and what was filled in stays', async () => {
    const { deal, look, modal, slack } = await open();
    deal({ fields: CO_SELL_ONLY });
    const undecided = reads(await look('O1001'));
    expect(undecided).toContain('*Looks complete so far.*');
    expect(undecided).toContain('The rest depends on how AWS is involved.');

    await slack.fillIn(ana, { involvement_type: 'Co-Sell' });
    await modal('• *Primary needs from AWS* are missing. Co-Sell needs at least one.');
    await slack.fillIn(ana, { visibility: 'Limited' });
    const coSell = await modal('• *Visibility* is Limited.');
    expect(reads(coSell)).toContain('Submit it all the same?');
    expect(coSell.values.visibility?.visibility).toMatchObject({ selected_option: { value: 'Limited' } });
    expect(coSell.values.involvement_type?.involvement_type).toMatchObject({
      selected_option: { value: 'Co-Sell' },
    });

    await slack.fillIn(ana, { involvement_type: 'For Visibility Only' });
    const visibilityOnly = await modal('*Looks complete.*');
    expect(reads(visibilityOnly)).not.toContain('Submit it all the same?');
  });

  test('Limited beside Co-Sell takes a yes of its own, and none where it is taken back', async () => {
    const { deal, look, modal, message, aws, slack } = await open();
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    await modal('*Looks complete.*');
    await slack.fillIn(ana, { visibility: 'Limited' });
    const asked = await modal('• *Visibility* is Limited. With Co-Sell choose Full');
    expect(reads(asked)).toContain('Submit it all the same?');
    await expect(slack.submitView(ana)).rejects.toThrow(/anyway/);
    await slack.fillIn(ana, { visibility: 'Full' });
    await modal('*Looks complete.*');
    await slack.submitView(ana);
    await message('Approval pending: O1001');
    expect(aws.requests('SubmitOpportunity').map(({ body }) => body)).toMatchObject([{ Visibility: 'Full' }]);
  });

  test('a form whose checkbox came too late is asked again, on a field it has', async () => {
    const { deal, aws, look, slack } = await open();
    deal({ fields: CO_SELL_ONLY });
    await look('O1001');
    // The answer to the choice is lost: the form doesn't learn that there is a further question.
    slack.injectFault({ method: 'views.update', kind: { type: 'error', error: 'internal_error' } });
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    expect(await slack.submitView(ana)).toMatchObject({
      acknowledged: true,
      payload: {
        response_action: 'errors',
        errors: { involvement_type: expect.stringContaining('AWS will probably refuse this as it is') },
      },
    });
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});
