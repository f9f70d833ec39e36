import { expect, test } from 'vitest';
import { wordsOf } from '../messages/words.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, deals, overBothTransports } from './workspace.ts';

overBothTransports('what is typed after the command', (open) => {
  test.each([
    'O1001',
    'o1001',
    '   O1001  ',
    '`O1001`',
    '"O1001"',
    '*O1001*',
    'o 1001',
    'O1001.',
    '(O1001)',
    '#Ｏ１００１',
    '\u2066O10\u00ad01\u2069\u200e',
    '*O10*01',
    'submit O1001',
    'O1001 please',
    '1001',
    'https://partnercentral.awspartner.com/opportunities/O1001/details',
    '<https://partnercentral.awspartner.com/opportunities?id=O1001>',
    '<https://partnercentral.awspartner.com/opportunities/O1001|Northwind>',
  ])('%s is understood as O1001', async (text) => {
    const { deal, look, aws } = await open();
    deal({ id: 'O1001' });
    expect(reads(await look(text))).toContain('How should AWS be involved?');
    expect(aws.requests('GetOpportunity').map(({ body }) => body)).toEqual([
      { Catalog: 'AWS', Identifier: 'O1001' },
    ]);
  });

  test.each(['O12345678901234567890', 'O12a', 'cancel O1', 'hepl', 'https://x.example/deals'])(
    '%s is quoted back with what may have been meant, to this person only',
    async (text) => {
      const { slack, command, message, aws } = await open();
      await command(text);
      const answer = await message(`I didn't get “${text}”.`);
      expect(answer.ephemeralTo).toBe(ana);
      expect(buttons(answer)).toContain('Help');
      expect(slack.messages(deals, ben)).toEqual([]);
      expect(slack.view(ana)).toBeUndefined();
      expect(aws.requests()).toEqual([]);
    },
  );

  test('a mistyped word is offered as it is spelt, and a press answers it', async () => {
    const { command, message, press } = await open();
    await command('hepl');
    const asked = await message('Did you mean this?');
    expect(buttons(asked)).toEqual(['Help', 'Pick a deal']);
    await press(asked, 'asked');
    expect((await message('A submission locks the deal')).ephemeralTo).toBe(ana);
  });

  test('words around an ID that ask for something else open no form: submitting and its status are offered', async () => {
    const { deal, command, message, press, modal, aws } = await open();
    deal();
    await command('withdraw O1001 now');
    const asked = await message('What about O1001?');
    expect(buttons(asked)).toEqual(['Submit O1001…', 'Status of O1001', 'Help']);
    expect(aws.requests()).toEqual([]);
    await press(asked, 'asked_2');
    await message('This bot has no record of O1001');
    await press(asked, 'open_form');
    await modal('How should AWS be involved?');
  });

  test('an ID with a zero for its O is offered with the O', async () => {
    const { deal, command, message, press, modal } = await open();
    deal();
    await command('01001');
    const asked = await message('What about O1001?');
    await press(asked, 'open_form');
    await modal('How should AWS be involved?');
  });

  test('a customer is searched for: the deals that match, and the only one is chosen', async () => {
    const { slack, deal, command, modal } = await open();
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    deal({ id: 'O1002', companyName: 'Northwind Traders' });
    deal({ id: 'O1003', companyName: 'Contoso' });
    await command('northwind');
    const several = reads(await modal('2 deals match “northwind”.'));
    expect(several).toContain('Northwind Fisheries · O1001');
    expect(several).not.toContain('Contoso');
    await slack.fillIn(ana, { matching_opportunities: ['O1002'] });
    await slack.submitView(ana);
    await modal('Northwind Traders');
    await slack.closeView(ana);

    await command('Contoso');
    await modal('One deal matches “Contoso”.');
    await slack.submitView(ana);
    await modal('How should AWS be involved?');
  });

  test('a customer nobody knows: that is said, and all deals can be looked through', async () => {
    const { slack, deal, command, modal } = await open();
    deal({ companyName: 'Northwind Fisheries' });
    await command('<!channel> Fabrikam');
    const none = reads(await modal('No deal that can be submitted matches'));
    expect(none).toContain('“Fabrikam”');
    await slack.fillIn(ana, { opportunity_id: 'O1001' });
    await slack.submitView(ana);
    await modal('Northwind Fisheries');
  });

  test('who may submit nothing is shown no deal by searching', async () => {
    const { deal, command, modal, aws } = await open({ settings: { SUBMITTERS: ben } });
    deal({ companyName: 'Northwind Fisheries' });
    await command('northwind');
    expect(reads(await modal("You can't submit yet"))).not.toContain('Fisheries');
    expect(aws.requests()).toEqual([]);
  });

  test('what is quoted back calls nobody, links nowhere and formats nothing', async () => {
    const { command, message } = await open();
    await command('<!channel> <@U07BENALLIA> *bold* O1 & <https://phish.example|press here>');
    const answer = await message("I didn't get");
    expect(reads(answer)).not.toMatch(/<[!@#h]/);
    expect(reads(answer)).toContain('&lt;!channel&gt;');
    expect(reads(answer)).not.toContain(' *bold*');
  });

  test('a text as long as Slack lets it be is answered all the same', async () => {
    const { command, message } = await open();
    await command(`${'<&>x👩‍💻'.repeat(420)}`);
    expect(reads(await message("I didn't get")).length).toBeLessThan(1000);
  });

  test('a text of more than 3,000 characters is refused in words, whatever stands in it', async () => {
    const { slack, command, message, aws, deal } = await open();
    deal();
    await command(`O1001 ${'please '.repeat(430)}`);
    const answer = await message('more than 3,000 characters');
    expect(answer.ephemeralTo).toBe(ana);
    expect(slack.view(ana)).toBeUndefined();
    expect(aws.requests()).toEqual([]);
  });

  test('what stands among several IDs and is none is left out, and the form says so', async () => {
    const { deal, command, modal } = await open();
    deal({ id: 'O1001' });
    deal({ id: 'O1002' });
    await command('O1001 O1002 11 12 13 14 15 16 17');
    const form = reads(await modal('2 deals'));
    expect(form).toContain('Left out, not an opportunity ID');
    expect(form).toContain('15 and 2 more');
  });

  test('help explains the command, what this person may do, and what the bot reaches', async () => {
    const { slack, command, message, aws } = await open();
    await command('help');
    const help = await message('A submission locks the deal');
    expect(help.ephemeralTo).toBe(ana);
    expect(reads(help)).toContain('`/submit-opportunity O1234567`');
    expect(reads(help)).toContain('You may submit here.');
    expect(reads(help)).toContain('Production');
    expect(slack.view(ana)).toBeUndefined();
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });

  test('help in a bot for the Sandbox says that nothing reaches AWS sellers', async () => {
    const { command, message } = await open({ settings: { PARTNER_CENTRAL_CATALOG: 'Sandbox' } });
    await command('HELP');
    expect(reads(await message('A submission locks the deal'))).toContain(
      'Sandbox: nothing reaches AWS sellers',
    );
  });

  test('without an ID the modal asks for it, says what is wrong with it, and goes on in place', async () => {
    const { slack, deal, command, modal, choose, message } = await open();
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    await command('');
    expect(wordsOf((await modal('Or type Opportunity IDs')).view.blocks).length).toBeLessThanOrEqual(20);

    await slack.fillIn(ana, { opportunity_id: 'one thousand and one' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors.opportunity_id).toContain("That isn't an opportunity ID");

    await slack.fillIn(ana, { opportunity_id: ' `o1001` ' });
    await slack.submitView(ana);
    await modal('Northwind Fisheries');
    expect(slack.views(ana)).toHaveLength(1);
    await choose();
    await message('Approval pending: O1001');
  });
});
