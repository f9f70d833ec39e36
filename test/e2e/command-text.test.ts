import { expect, test } from 'vitest';
import { reads } from './words-on-screen.ts';
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

  test.each(['O', 'X123', 'O12345678901234567890', 'O12a', '1001', 'O-1', 'please'])(
    '%s is quoted back with the right form, to this person only',
    async (text) => {
      const { slack, command, message } = await open();
      await command(text);
      const answer = await message(`“${text}” isn't an opportunity ID`);
      expect(answer.ephemeralTo).toBe(ana);
      expect(reads(answer)).toContain('`O` followed by 1 to 19 digits');
      expect(slack.messages(deals, ben)).toEqual([]);
      expect(slack.view(ana)).toBeUndefined();
    },
  );

  test('what is quoted back calls nobody, links nowhere and formats nothing', async () => {
    const { command, message } = await open();
    await command('<!channel> <@U07BENALLIA> *bold* & <https://phish.example|press here>');
    const answer = await message("isn't an opportunity ID");
    expect(reads(answer)).not.toMatch(/<[!@#h]/);
    expect(reads(answer)).toContain('&lt;!channel&gt;');
    expect(reads(answer)).not.toContain(' *bold*');
  });

  test('a text as long as Slack lets it be is answered all the same', async () => {
    const { command, message } = await open();
    await command(`${'<&>👩‍💻'.repeat(500)}`);
    expect(reads(await message("isn't an opportunity ID")).length).toBeLessThan(1000);
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

  test('more pieces that are no IDs than are quoted back are counted', async () => {
    const { command, message } = await open();
    await command('O1001 O1002 11 12 13 14 15 16 17');
    await message('“15” and 2 more');
  });

  test('something among several IDs that is none is quoted back, and nothing is looked up', async () => {
    const { command, message, aws } = await open();
    await command('O1001 O1002 1003');
    expect((await message('Not an opportunity ID: “1003”')).ephemeralTo).toBe(ana);
    expect(aws.requests()).toEqual([]);
  });

  test('where two stand is asked one at a time', async () => {
    const { command, message } = await open();
    await command('status O1001 O1002');
    expect((await message('more than one opportunity ID')).ephemeralTo).toBe(ana);
  });

  test('help explains the command, what this person may do, and what the bot reaches', async () => {
    const { slack, command, message, aws } = await open();
    await command('help');
    const help = await message('Submit AWS Partner Central opportunities');
    expect(help.ephemeralTo).toBe(ana);
    expect(reads(help)).toContain('`/submit-opportunity O1234567`');
    expect(reads(help)).toContain('You may look up and submit opportunities here.');
    expect(reads(help)).toContain('Production');
    expect(slack.view(ana)).toBeUndefined();
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });

  test('help in a bot for the Sandbox says that nothing reaches AWS sellers', async () => {
    const { command, message } = await open({ settings: { PARTNER_CENTRAL_CATALOG: 'Sandbox' } });
    await command('HELP');
    expect(reads(await message('Submit AWS'))).toContain('Sandbox: nothing reaches AWS sellers');
  });

  test('without an ID the modal asks for it, says what is wrong with it, and goes on in place', async () => {
    const { slack, deal, command, modal, choose, message } = await open();
    deal({ id: 'O1001', companyName: 'Northwind Fisheries' });
    await command('');
    expect(reads(await modal('Opportunity ID'))).toContain('O and 1 to 19 digits');

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
