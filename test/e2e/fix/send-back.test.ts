import { expect, test } from 'vitest';
import { openHome, pressAtHome } from '../home/on-the-tab.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, deals, overBothTransports, overSocketMode } from '../workspace.ts';
import { fieldsIn, inThread } from './changing.ts';

const COMMENTS = 'Please say which workload moves, and confirm the close date.';

overBothTransports('a deal that AWS has sent back', (open) => {
  test('is fixed from its message: AWS gets what was changed and nothing else, and reviews it again', async () => {
    const workspace = await open();
    const { deal, submit, aws, slack, message, press, modal } = workspace;
    deal({ id: 'O1001', fields: { 'Project.NewField': { kept: [1.5, 'Bread &amp; Butter'] } } });
    await submit('O1001');
    await message('Approval pending: O1001');
    aws.review('AWS', 'O1001', 'Action Required', { comments: COMMENTS });
    await press(await message('Approval pending: O1001'), 'check_status');
    const sentBack = await message('Action required: O1001');
    expect(buttons(sentBack)).toContain('Fix and send back');

    await press(sentBack, 'fix_opportunity');
    const form = await modal(COMMENTS);
    expect(form.view).toMatchObject({ submit: { text: 'Send back to AWS' } });
    const before = aws.opportunity('AWS', 'O1001')?.opportunity;
    await slack.fillIn(ana, {
      'LifeCycle.TargetCloseDate': '2031-02-28',
      'Project.CustomerBusinessProblem': 'Forty harbours report on paper; the reports come weeks too late.',
    });
    await slack.submitView(ana);
    await modal('Sent back to AWS');

    const after = aws.opportunity('AWS', 'O1001')?.opportunity;
    expect(after).toMatchObject({
      LifeCycle: { TargetCloseDate: '2031-02-28', ReviewStatus: 'Submitted' },
      Project: {
        ...Object(before?.Project),
        CustomerBusinessProblem: 'Forty harbours report on paper; the reports come weeks too late.',
      },
    });
    expect(aws.requests('UpdateOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);

    await message('Approval pending: O1001');
    const told = await message('Sent back to AWS: O1001');
    expect(told.ephemeralTo).toBe(ana);
    await inThread(
      workspace,
      `<@${ana}> changed Customer business problem, Target close date. AWS has saved it.`,
    );
  });
});

overSocketMode('a deal that is not ready', (open) => {
  test('is fixed from the submit form, and submitted without leaving Slack', async () => {
    const { deal, look, choose, aws, slack, modal, message } = await open();
    deal({
      id: 'O1001',
      fields: {
        'LifeCycle.TargetCloseDate': '2020-01-31',
        'RelatedEntityIdentifiers.Solutions': [],
        PrimaryNeedsFromAws: [],
      },
    });
    expect(buttons(await look('O1001'))).toContain('Fix');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    const form = await modal('What AWS will ask for, and can be mended here');
    expect(reads(form)).toContain("*Target close date* is missing, or isn't after today");
    // Not the stage: AWS was seen to refuse another one of a form.
    expect([...fieldsIn(form)].sort()).toEqual([
      'LifeCycle.TargetCloseDate',
      'PrimaryNeedsFromAws',
      'Project.OtherSolutionDescription',
      'RelatedEntityIdentifiers.Solutions',
    ]);
    const offered = await slack.optionsFor(ana, 'RelatedEntityIdentifiers.Solutions', 'lake');
    expect(offered.map(({ text }) => text.text)).toEqual(['Harbor Data Lakehouse · S-0051246']);
    await slack.fillIn(ana, {
      'LifeCycle.TargetCloseDate': '2031-02-28',
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
      'RelatedEntityIdentifiers.Solutions': 'S-0051246',
    });
    await choose();
    await message('Approval pending: O1001');
    expect(aws.opportunity('AWS', 'O1001')?.opportunity).toMatchObject({
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Submitted', TargetCloseDate: '2031-02-28' },
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
      RelatedEntityIdentifiers: { Solutions: ['S-0051246'] },
    });
  });

  test('fixed from the home tab, it is submitted for the channel chosen before', async () => {
    const workspace = await open({ settings: { CHANNELS: deals } });
    const { slack, deal, modal, message, choose } = workspace;
    deal({ id: 'O1001', fields: { 'LifeCycle.TargetCloseDate': '2020-01-31' } });
    await openHome(workspace, 'Not submitted yet: 1');
    await pressAtHome(workspace, 'home_submit');
    await modal('Where should the outcome appear?');
    await slack.fillIn(ana, { choose_channel: deals });
    await slack.submitView(ana);
    await modal('How should AWS be involved?');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('What AWS will ask for, and can be mended here');
    await slack.fillIn(ana, { 'LifeCycle.TargetCloseDate': '2031-02-28' });
    await choose();
    await message('Approval pending: O1001', { channel: deals });
  });
});
