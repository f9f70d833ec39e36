import { expect, test } from 'vitest';
import { buttons, menu, reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports } from './workspace.ts';

overBothTransports('submitting an opportunity', (open) => {
  test('the deal is shown, the choices are made, and the one message goes from on its way to approval pending', async () => {
    const { slack, aws, deal, look, choose, message } = await open();
    const { opportunity } = deal({ id: 'O1001', companyName: 'Northwind Fisheries' });

    const form = await look('O1001');
    expect(reads(form)).toContain('Submit · Production');
    expect(reads(form)).toMatch(
      /\*Data lake for Northwind Fisheries\* · Northwind Fisheries\nO1001 · \$18,500\.00 monthly · Prospect · closes \d+ \w+ \d{4} · Norway\n/,
    );
    expect(form.values.involvement_type?.involvement_type).toMatchObject({ selected_option: null });
    expect(form.values.visibility?.visibility).toMatchObject({ selected_option: { value: 'Full' } });

    await choose({ involvement: 'For Visibility Only', visibility: 'Limited' });
    expect(reads(slack.view(ana) ?? form)).toContain('*Recorded.*');

    const pending = await message('Approval pending: O1001');
    expect(slack.messages(deals)).toHaveLength(1);
    expect(reads(pending)).toContain(`For Visibility Only · Limited · Production · <@${ana}> · `);
    expect(buttons(pending)).toEqual(['Check status']);
    expect(menu(pending).map(({ text }) => text)).toEqual(['Details', 'History', 'Open in Partner Central']);
    expect(reads(pending)).not.toContain('Northwind');

    expect(aws.requests('SubmitOpportunity').map(({ body }) => body)).toEqual([
      {
        Catalog: 'AWS',
        Identifier: 'O1001',
        InvolvementType: 'For Visibility Only',
        Visibility: 'Limited',
      },
    ]);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(aws.opportunity('AWS', opportunity.Id)).toMatchObject({
      involvementType: 'For Visibility Only',
      visibility: 'Limited',
      opportunity: { PrimaryNeedsFromAws: ['Do Not Need Support from AWS Sales Rep'] },
    });
  });
});
