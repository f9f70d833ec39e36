import { expect, test } from 'vitest';
import { awsError, type FaultKind } from './aws-faults.ts';
import { idle, letPass, SECOND } from './passing-time.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, deals, general, gus, overBothTransports, sam, type Workspace } from './workspace.ts';

const PICK = 'pick_opportunity';
const onList = (kind: FaultKind, times?: number) => ({
  operation: 'ListOpportunities',
  kind,
  ...(times === undefined ? {} : { times }),
});

/** Puts a deal there that was last changed `minutes` ago. */
const changed = ({ deal, clock }: Workspace, minutes: number, choices: Parameters<Workspace['deal']>[0]) =>
  deal({
    ...choices,
    fields: {
      LastModifiedDate: new Date(clock.now().getTime() - minutes * 60_000).toISOString(),
      'LifeCycle.TargetCloseDate': '2031-03-12',
      ...choices?.fields,
    },
  });

/** Gives the command without an ID, and waits until the list may be opened. */
const asked = async (workspace: Workspace, user: string = ana) => {
  await workspace.command('', { user });
  const view = await workspace.modal('Opportunity', { user });
  await idle(workspace);
  return view;
};

const ids = (options: readonly { readonly value?: string }[]) => options.map(({ value }) => value);

overBothTransports('picking an opportunity', (open) => {
  test('the list has what can be submitted, the newest change first, and choosing one opens its form', async () => {
    const workspace = await open();
    const { slack, modal, choose, message, aws } = workspace;
    changed(workspace, 30, { id: 'O1001', companyName: 'Northwind Fisheries' });
    changed(workspace, 10, { id: 'O1002', companyName: 'Kestrel Air Cargo', stage: 'Committed' });
    changed(workspace, 20, { id: 'O1003', companyName: 'M&amp;M &lt;Partners&gt;' });
    changed(workspace, 5, { id: 'O2001', companyName: 'Lost Ltd', stage: 'Closed Lost' });
    changed(workspace, 5, { id: 'O3001', companyName: 'Sent Ltd', reviewStatus: 'Submitted' });
    await asked(workspace);

    const options = await slack.optionsFor(ana, PICK, '');
    expect(options.map(({ text, description }) => [text.text, description?.text])).toEqual([
      ['Kestrel Air Cargo · O1002', 'Committed, closes 12 Mar 2031'],
      ['M&M <Partners> · O1003', 'Prospect, closes 12 Mar 2031'],
      ['Northwind Fisheries · O1001', 'Prospect, closes 12 Mar 2031'],
    ]);

    await slack.fillIn(ana, { [PICK]: 'O1002' });
    await slack.submitView(ana);
    expect(reads(await modal('How should AWS be involved?'))).toContain('Kestrel Air Cargo');
    expect(slack.views(ana)).toHaveLength(1);
    await choose();
    await message('Approval pending: O1002');
    expect(aws.submissionsExecuted('O1002')).toBe(1);
  });

  test.each([
    ['nOrDs', ['O1001']],
    ['orsted', ['O1002']],
    ['ØRSTED', ['O1002']],
    ['sao', ['O1003']],
    ['1003', ['O1003']],
    ['o1003', ['O1003']],
    ['committed', ['O1002']],
    ['prospect sjoen', ['O1001']],
    ['  prospect   o1  ', ['O1001', 'O1003']],
    ['https://partnercentral.awspartner.com/opportunities/O1002/details', ['O1002']],
    ['no such customer', []],
    ['%', []],
    ['.*', []],
  ])('typing “%s” finds %j', async (query, found) => {
    const workspace = await open();
    changed(workspace, 1, { id: 'O1001', companyName: 'Nordsjøen Fisk' });
    changed(workspace, 2, { id: 'O1002', companyName: 'Ørsted', stage: 'Committed' });
    changed(workspace, 3, { id: 'O1003', companyName: 'São Paulo Têxteis' });
    await asked(workspace);
    expect(ids(await workspace.slack.optionsFor(ana, PICK, query))).toEqual(found);
  });

  test('AWS is asked once for everybody who types, and again when the list is no longer new', async () => {
    const workspace = await open();
    const { slack, later, aws } = workspace;
    changed(workspace, 1, { id: 'O1001' });
    await asked(workspace, ana);
    await asked(workspace, ben);
    await Promise.all(['', 'n', 'no', 'nor'].map((query) => slack.optionsFor(ana, PICK, query)));
    await Promise.all(['', 'o', 'o1'].map((query) => slack.optionsFor(ben, PICK, query)));
    expect(aws.requests('ListOpportunities').map(({ body }) => body)).toEqual([
      {
        Catalog: 'AWS',
        MaxResults: 100,
        Sort: { SortBy: 'LastModifiedDate', SortOrder: 'DESCENDING' },
        LifeCycleReviewStatus: ['Pending Submission'],
      },
    ]);

    changed(workspace, 0, { id: 'O1002' });
    expect(ids(await slack.optionsFor(ana, PICK, ''))).toEqual(['O1001']);
    await later(46 * SECOND);
    expect(ids(await slack.optionsFor(ana, PICK, ''))).toEqual(['O1002', 'O1001']);
    expect(aws.requests('ListOpportunities')).toHaveLength(2);
  });

  test('what is on its way already, or was just accepted, is not offered', async () => {
    const workspace = await open();
    const { slack, aws, submit, message } = workspace;
    changed(workspace, 1, { id: 'O1001' });
    changed(workspace, 2, { id: 'O1002' });
    changed(workspace, 3, { id: 'O1003' });
    await asked(workspace);
    expect(ids(await slack.optionsFor(ana, PICK, ''))).toEqual(['O1001', 'O1002', 'O1003']);
    await slack.closeView(ana);
    aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'throttle' }, times: 1 });
    await submit('O1001');
    await message('Waiting for AWS: O1001');
    await submit('O1002');
    await message('Approval pending: O1002');
    await asked(workspace);
    expect(ids(await slack.optionsFor(ana, PICK, ''))).toEqual(['O1003']);
    // The others ask how the reviews stand.
    const lists = aws.requests('ListOpportunities').map(({ body }) => JSON.stringify(body));
    expect(lists.filter((list) => list.includes('Pending Submission'))).toHaveLength(1);
  });

  test('thousands of deals: the first hundred, how many there are, and every one of the newest 3,000 found', async () => {
    const workspace = await open();
    const { slack, aws, clock } = workspace;
    for (let number = 1; number <= 3150; number += 1) {
      changed(workspace, number, { id: `O${10_000 + number}`, companyName: `Customer ${number}` });
    }
    await asked(workspace);
    const early = slack.optionsFor(ana, PICK, 'Customer 2999');
    await idle(workspace);
    clock.jump(2300);
    expect((await early)[0]?.text.text).toBe("Nothing like that yet: AWS hasn't answered fully");
    await letPass(workspace, 12 * SECOND, 250);
    expect(aws.requests('ListOpportunities')).toHaveLength(30);

    const [newest] = await slack.optionGroupsFor(ana, PICK, '');
    expect(newest?.label).toBe('The first 100 of 3,000: type to narrow down');
    expect(ids(newest?.options ?? [])).toEqual(
      Array.from({ length: 100 }, (_, index) => `O${10_001 + index}`),
    );
    expect(await slack.optionGroupsFor(ana, PICK, 'Customer 2999')).toMatchObject([
      { label: 'Among the 3,000 most recently changed', options: [{ value: 'O12999' }] },
    ]);
    const [note] = await slack.optionsFor(ana, PICK, 'Customer 3100');
    expect(note?.text.text).toBe('Nothing like that among the most recently changed');
    // Its ID is enough.
    expect(await slack.optionGroupsFor(ana, PICK, 'O13100')).toMatchObject([
      { label: 'By its ID', options: [{ value: 'O13100' }] },
    ]);
    expect(aws.requests('ListOpportunities')).toHaveLength(30);
  });

  test('names as long and as hostile as AWS lets them be are shown as they are, the ID whole', async () => {
    const workspace = await open();
    const names = [
      'x'.repeat(3000),
      '👩‍👩‍👧‍👧'.repeat(60),
      '<!channel> :skull: *b*',
      '\u202e\n\r\n\t',
      '',
      '&#60;&amp;',
    ];
    names.forEach((companyName, index) => {
      changed(workspace, index, { id: `O${9_999_999_990 + index}`, companyName });
    });
    await asked(workspace);
    const texts = (await workspace.slack.optionsFor(ana, PICK, '')).map(({ text }) => text);
    expect(texts.map(({ text }) => text.slice(-14))).toEqual(
      names.map((_, index) => ` · O${9_999_999_990 + index}`),
    );
    expect(texts.map(({ text }) => text.slice(0, -14)).slice(2)).toEqual([
      '<!channel> :skull: *b*',
      'Customer not given',
      'Customer not given',
      '<&',
    ]);
    expect(texts.every(({ emoji }) => emoji === false)).toBe(true);
  });

  test('a deal without stage or close date is offered all the same', async () => {
    const workspace = await open();
    const fields = { 'LifeCycle.Stage': undefined, 'LifeCycle.TargetCloseDate': undefined };
    changed(workspace, 1, { id: 'O1001', fields });
    await asked(workspace);
    const [option] = await workspace.slack.optionsFor(ana, PICK, '');
    expect(option?.description?.text).toBe('No stage, no close date');
  });

  test('where AWS lists nothing, that is said, and choosing that line is answered kindly', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    await asked(workspace);
    const [note] = await slack.optionsFor(ana, PICK, '');
    expect(note?.text.text).toBe('There is nothing to submit');
    await slack.fillIn(ana, { [PICK]: note?.value ?? '' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({
      [PICK]: expect.stringContaining('That line is no opportunity'),
    });
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });
});

overBothTransports('an opportunity by its ID, where one is picked', (open) => {
  test('an ID can still be typed; neither, or something else, is answered at the right field', async () => {
    const workspace = await open();
    const { slack, modal, aws } = workspace;
    changed(workspace, 1, { id: 'O1001', companyName: 'Northwind Fisheries' });
    changed(workspace, 2, { id: 'O1002', companyName: 'Kestrel Air Cargo' });
    await asked(workspace);

    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({
      [PICK]: expect.stringContaining('Choose one here'),
    });

    await slack.optionsFor(ana, PICK, '');
    await slack.fillIn(ana, { [PICK]: 'O1001', opportunity_id: 'something else' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({
      opportunity_id: expect.stringContaining("isn't an opportunity ID"),
    });
    expect(aws.requests('GetOpportunity')).toEqual([]);

    await slack.fillIn(ana, {
      [PICK]: null,
      opportunity_id: '<https://partnercentral.awspartner.com/o/O1002|x>',
    });
    await slack.submitView(ana);
    expect(reads(await modal('How should AWS be involved?'))).toContain('Kestrel Air Cargo');
  });

  test('several chosen, and others typed, are all of them; what is no ID, and too many, are said at the field', async () => {
    const workspace = await open();
    const { slack, modal, aws } = workspace;
    for (const id of ['O1001', 'O1002', 'O1003']) changed(workspace, 1, { id });
    await asked(workspace);
    await slack.optionsFor(ana, PICK, '');
    await slack.fillIn(ana, { [PICK]: ['O1001', 'O1002'], opportunity_id: 'O1003 o1001 1004' });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({ opportunity_id: 'Not an opportunity ID: 1004.' });
    const many = Array.from({ length: 24 }, (_, index) => `O${2001 + index}`).join(' ');
    await slack.fillIn(ana, { opportunity_id: many });
    await slack.submitView(ana);
    expect(slack.view(ana)?.errors).toEqual({
      opportunity_id: 'That is 26 opportunities. At most 25 can go at once.',
    });
    expect(aws.requests('GetOpportunity')).toEqual([]);
    await slack.fillIn(ana, { opportunity_id: 'O1003' });
    await slack.submitView(ana);
    await modal('3 deals');
    expect(slack.views(ana)).toHaveLength(1);
  });

  test('the same one chosen and typed is one', async () => {
    const workspace = await open();
    const { slack, modal } = workspace;
    changed(workspace, 1, { id: 'O1001' });
    await asked(workspace);
    await slack.optionsFor(ana, PICK, '');
    await slack.fillIn(ana, { [PICK]: 'O1001', opportunity_id: 'o1001' });
    await slack.submitView(ana);
    await modal('How should AWS be involved?');
  });

  test('an ID that the list has not got is offered to be looked up', async () => {
    const workspace = await open();
    const { slack, modal, deal } = workspace;
    deal({ id: 'O3001', reviewStatus: 'In review' });
    await asked(workspace);
    const [option] = await slack.optionsFor(ana, PICK, 'o3001');
    expect(option).toMatchObject({ value: 'O3001', description: { text: 'Not in the list: look it up' } });
    await slack.fillIn(ana, { [PICK]: 'O3001' });
    await slack.submitView(ana);
    await modal('AWS is reviewing it');
  });
});

overBothTransports('who may pick', (open) => {
  test.each([
    ['a guest', gus, deals, {}, "Guests can't look up or submit"],
    ['somebody of another workspace', sam, deals, {}, 'Only people of the workspace this bot belongs to'],
    ['who is not listed', ben, deals, { SUBMITTERS: ana }, "You can't submit yet"],
    ['who asks outside CHANNELS', ana, general, { CHANNELS: deals }, "This bot isn't used in this channel"],
  ])(
    '%s is told so in place of the list, and AWS is asked for nothing',
    async (_, user, channel, settings, words) => {
      const workspace = await open({ settings });
      const { slack, command, modal, aws } = workspace;
      changed(workspace, 1, { id: 'O1001', companyName: 'Northwind Fisheries' });
      await command('', { user, channel });
      const view = await modal(words, { user });
      expect(view.view).not.toHaveProperty('submit');
      expect(buttons(view)).toEqual([]);
      await expect(slack.optionsFor(user, PICK, '')).rejects.toThrow('There is no input');
      await idle(workspace);
      expect(aws.requests()).toEqual([]);
    },
  );

  test('who became a guest with the list open is offered nothing more', async () => {
    const workspace = await open();
    const { slack, later, modal, aws } = workspace;
    changed(workspace, 1, { id: 'O1001', companyName: 'Northwind Fisheries' });
    await asked(workspace);
    const before = aws.requests().length;
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61 * SECOND);
    const options = await slack.optionsFor(ana, PICK, 'north');
    expect(options.map(({ text }) => text.text)).toEqual(["Guests can't look up or submit opportunities"]);
    await slack.fillIn(ana, { opportunity_id: 'O1001' });
    await slack.submitView(ana);
    await modal("Guests can't look up or submit");
    expect(aws.requests()).toHaveLength(before);
  });

  test("somebody else's form, or one that never was, offers nothing", async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    changed(workspace, 1, { id: 'O1001', companyName: 'Northwind Fisheries' });
    const view = await asked(workspace);
    const before = aws.requests().length;
    for (const private_metadata of [view.view.private_metadata, 'another', undefined]) {
      const answer = await slack.deliver('interactive', {
        type: 'block_suggestion',
        team: { id: slack.team.id },
        user: { id: ben, team_id: slack.team.id },
        action_id: PICK,
        block_id: PICK,
        value: '',
        ...(private_metadata === undefined ? {} : { view: { id: view.id, private_metadata } }),
      });
      expect(answer).toMatchObject({
        acknowledged: true,
        payload: { options: [{ text: { text: 'This form is no longer valid' } }] },
      });
    }
    expect(aws.requests()).toHaveLength(before);
  });

  test('while Slack cannot say who somebody is, no deal is listed; an ID waits for that too', async () => {
    const workspace = await open();
    const { slack, modal, aws } = workspace;
    changed(workspace, 1, { id: 'O1001', companyName: 'Northwind Fisheries' });
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await asked(workspace);
    const [note] = await slack.optionsFor(ana, PICK, '');
    expect(note?.text.text).toBe("We couldn't check whether you may do this");
    expect(aws.requests()).toEqual([]);
    heal();
    expect(ids(await slack.optionsFor(ana, PICK, ''))).toEqual(['O1001']);
    await slack.fillIn(ana, { [PICK]: 'O1001' });
    await slack.submitView(ana);
    await modal('How should AWS be involved?');
  });

  test('where Slack is too slow to say it, the answer comes in time all the same', async () => {
    const workspace = await open();
    const { slack, clock, aws } = workspace;
    changed(workspace, 1, { id: 'O1001' });
    slack.injectFault({ method: 'users.info', kind: { type: 'latency', ms: 60 * SECOND } });
    await asked(workspace);
    const offered = slack.optionsFor(ana, PICK, '');
    await idle(workspace);
    clock.jump(1100);
    expect((await offered)[0]?.text.text).toBe("We couldn't check whether you may do this");
    expect(aws.requests()).toEqual([]);
    clock.jump(60 * SECOND);
    await idle(workspace);
  });
});

overBothTransports('picking while AWS has trouble', (open) => {
  test('a slow AWS keeps nobody waiting past what Slack allows, and its answer is there a moment later', async () => {
    const workspace = await open();
    const { slack, aws, clock } = workspace;
    changed(workspace, 1, { id: 'O1001' });
    aws.injectFault(onList({ type: 'latency', ms: 5 * SECOND }, 1));
    await asked(workspace);
    const offered = slack.optionGroupsFor(ana, PICK, '');
    await idle(workspace);
    clock.jump(2300);
    expect(await offered).toMatchObject([{ options: [{ text: { text: "AWS hasn't answered yet" } }] }]);
    const byId = slack.optionGroupsFor(ana, PICK, 'O1001');
    await idle(workspace);
    clock.jump(2300);
    expect(await byId).toMatchObject([{ label: "AWS hasn't answered yet", options: [{ value: 'O1001' }] }]);
    clock.jump(2 * SECOND);
    await idle(workspace);
    expect(ids(await slack.optionsFor(ana, PICK, ''))).toEqual(['O1001']);
    expect(aws.requests('ListOpportunities')).toHaveLength(1);
  });

  test('a list of a few minutes ago is better than none, and says so', async () => {
    const workspace = await open();
    const { slack, aws, clock, later } = workspace;
    changed(workspace, 1, { id: 'O1001' });
    await asked(workspace);
    await slack.optionsFor(ana, PICK, '');
    aws.injectFault(onList({ type: 'latency', ms: 5 * SECOND }, 1));
    await later(60 * SECOND);
    const offered = slack.optionGroupsFor(ana, PICK, '');
    await idle(workspace);
    clock.jump(2300);
    expect(await offered).toMatchObject([
      { label: "AWS hasn't answered fully: 1 so far", options: [{ value: 'O1001' }] },
    ]);
    clock.jump(5 * SECOND);
    await idle(workspace);
  });

  test.each<readonly [string, FaultKind, string]>([
    ['throttles', { type: 'throttle' }, "AWS hasn't answered yet"],
    ['fails', awsError('InternalServerException'), "AWS hasn't answered yet"],
    ['answers with a page of HTML', { type: 'html-503', execute: false }, "AWS hasn't answered yet"],
    [
      'does not let the bot list',
      awsError('AccessDeniedException'),
      "AWS doesn't let this bot list opportunities",
    ],
    [
      'does not know the credentials',
      awsError('UnrecognizedClientException'),
      "The bot can't sign in to AWS right now",
    ],
  ])(
    'where AWS %s that is said, AWS is left alone for a moment, and an ID goes on working',
    async (_, kind, words) => {
      const workspace = await open();
      const { slack, aws, later, modal } = workspace;
      changed(workspace, 1, { id: 'O1001', companyName: 'Northwind Fisheries' });
      const heal = aws.injectFault(onList(kind));
      await asked(workspace);
      for (const query of ['', 'n', 'no', 'nor']) {
        expect((await slack.optionsFor(ana, PICK, query))[0]?.text.text).toBe(words);
      }
      expect(aws.requests('ListOpportunities')).toHaveLength(1);
      heal();
      await later(4 * SECOND);
      expect(ids(await slack.optionsFor(ana, PICK, 'north'))).toEqual(['O1001']);
      await slack.fillIn(ana, { opportunity_id: 'O1001' });
      await slack.submitView(ana);
      await modal('How should AWS be involved?');
    },
  );

  test('what AWS answered before it failed is offered', async () => {
    const workspace = await open();
    const { slack, aws, clock } = workspace;
    for (let number = 1; number <= 150; number += 1) changed(workspace, number, { id: `O${1000 + number}` });
    aws.injectFault({ ...onList({ type: 'throttle' }), spares: 1 });
    await asked(workspace);
    clock.jump(250);
    await expect.poll(() => aws.requests('ListOpportunities').length).toBe(2);
    await idle(workspace);
    expect(await slack.optionGroupsFor(ana, PICK, 'O1100')).toMatchObject([
      { label: "AWS hasn't answered fully: 100 so far", options: [{ value: 'O1100' }] },
    ]);
    expect((await slack.optionsFor(ana, PICK, 'zzz'))[0]?.text.text).toContain('Nothing like that yet');
    expect(aws.requests('ListOpportunities')).toHaveLength(2);
  });
});
