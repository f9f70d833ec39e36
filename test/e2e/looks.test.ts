import { expect, test, vi } from 'vitest';
import type { OpenView } from '../../demo/slack/stand-in.ts';
import { awsError, type FaultKind } from './aws-faults.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports } from './workspace.ts';

const FORM = 'How should AWS be involved?';
const titleOf = ({ view }: OpenView) => ('title' in view ? view.title?.text : undefined);

overBothTransports('what the modal says of an opportunity', (open) => {
  test('it says at once that it is looking, before AWS has answered', async () => {
    const { slack, deal, aws, command, modal } = await open();
    deal();
    const heal = aws.injectFault({ kind: { type: 'hang', execute: false } });
    await command('O1001');
    const loading = await modal('Looking up the opportunity…');
    expect(loading.view).not.toHaveProperty('submit');
    heal();
    await slack.closeView(ana);
  }, 5000);

  test("AWS's scores and what it recommends stand in one line, of a National Security deal none of them", async () => {
    const { deal, look } = await open();
    deal({ insights: 'scored' });
    deal({
      id: 'O1004',
      insights: 'scored',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    expect(reads(await look('O1001'))).toContain(
      '*AWS* · engagement Medium · quality 71 (Improving) · recommends a solution',
    );
    const redacted = reads(await look('O1004'));
    expect(redacted).toContain(FORM);
    expect(redacted).not.toContain('engagement');
  });

  test('where AWS gives no score nothing is said of one', async () => {
    const { deal, look } = await open();
    deal();
    expect(reads(await look('O1001'))).not.toContain('engagement');
  });

  test('not there: perhaps in the other catalog', async () => {
    const { look } = await open();
    const view = reads(await look('O404'));
    expect(view).toContain("O404 isn't there");
    expect(view).toContain('in Production');
    expect(view).toContain('probably in Sandbox');
    expect(view).not.toContain(FORM);
  });

  test('not there yet, because it was just created: a button looks again', async () => {
    const { slack, deal, look, modal } = await open();
    const view = await look('O1001');
    expect(reads(view)).toContain('Just created? Try again in a moment');
    deal({ id: 'O1001' });
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    expect(reads(await modal(FORM))).toContain('O1001');
  });

  test('not visible to the bot: who can help, and the request ID', async () => {
    const { deal, look } = await open();
    deal({ accessDenied: true });
    const view = reads(await look('O1001'));
    expect(view).toContain("AWS doesn't let this bot see O1001");
    expect(view).toMatch(/AWS request ID: [0-9a-f-]{36}/);
  });

  test('referred by AWS: it cannot be submitted this way', async () => {
    const { deal, look } = await open();
    deal({ origin: 'AWS Referral', involvementType: 'Co-Sell', visibility: 'Full' });
    const shown = await look('O1001');
    expect(reads(shown)).toContain('AWS referred this deal to you');
    expect(titleOf(shown)).toBe('Referred by AWS');
    expect(buttons(shown)).toEqual(['Open in Partner Central']);
  });

  test.each([
    ['Submitted', 'Approval pending', '*AWS has it, and it is not yet in review.*'],
    ['In review', 'In review at AWS', '*AWS is reviewing it.*'],
    ['Approved', 'Approved by AWS', '*AWS approved this deal.* Nothing to submit.'],
    ['Rejected', 'Rejected by AWS', '*AWS rejected this deal.*'],
    // Nobody knows what these say of a submission.
    ['Disqualified', "Can't be submitted now", "AWS's review says: Disqualified"],
    ['Escalated <!here>', "Can't be submitted now", "AWS's review says: Escalated &lt;!here&gt;"],
  ])(
    'AWS says %s: no form, but a title that is true and where it stands',
    async (reviewStatus, title, says) => {
      const { deal, look } = await open();
      deal({ reviewStatus });
      const shown = await look('O1001');
      expect(titleOf(shown)).toBe(title);
      expect(reads(shown)).toContain(says);
      expect(reads(shown)).toMatch(/\*Data lake for .*\* · /);
      expect(buttons(shown)).toEqual(['Open in Partner Central']);
      expect(shown.view).not.toHaveProperty('submit');
    },
  );

  test('rejected: AWS says why, and whom to ask comes next', async () => {
    const { deal, look } = await open();
    deal({ reviewStatus: 'Rejected', reviewComments: 'Another partner registered <it>' });
    const shown = reads(await look('O1001'));
    expect(shown).toContain("*AWS's comments*\nAnother partner registered &lt;it&gt;");
    expect(shown).toContain('Talk to your AWS contact before you try a new one');
  });

  test('submitted by somebody through this bot: by whom, and when', async () => {
    const { deal, submit, message, look } = await open();
    deal();
    await submit('O1001');
    await message('Approval pending');
    const shown = await look('O1001');
    expect(reads(shown)).toMatch(new RegExp(`Submitted here by <@${ana}>, <!date`));
    expect(buttons(shown)).toEqual(['Details', 'Open in Partner Central']);
  });

  test('on its way through this bot: no second form', async () => {
    const { deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001');
    const heal = aws.injectFault({
      operation: 'SubmitOpportunity',
      kind: { type: 'throttle', retryAfterMs: 900_000 },
    });
    await choose();
    await message('Waiting for AWS');
    const shown = await look('O1001');
    expect(reads(shown)).toContain('*Already on its way.*');
    expect(titleOf(shown)).toBe('Already on its way');
    expect(buttons(shown)).toEqual(['Check status']);
    heal();
  });

  test("Action Required: what AWS asks for, in AWS's words, without calling anybody", async () => {
    const { deal, look } = await open();
    deal({
      reviewStatus: 'Action Required',
      reviewStatusReason: 'Customer name doesn&#39;t match',
      reviewComments:
        'It reads &quot;Dover &amp; Sons&quot;. <!channel> see <https://phish.example|here> & *act*',
    });
    const view = reads(await look('O1001'));
    expect(view).toContain('AWS wants changes');
    expect(view).toContain("Customer name doesn't match");
    expect(view).toContain('"Dover &amp; Sons"');
    expect(view).toContain('&lt;!channel&gt;');
    expect(view).not.toMatch(/<!channel|<https/);
  });

  test('Action Required without a comment says so', async () => {
    const { deal, look } = await open();
    deal({ reviewStatus: 'Action Required' });
    expect(reads(await look('O1001'))).toContain('AWS gave no comments');
  });

  test('a deal with nothing filled in still shows a form', async () => {
    const { deal, look } = await open();
    deal({
      fields: {
        Customer: undefined,
        Project: undefined,
        'LifeCycle.Stage': undefined,
        'LifeCycle.TargetCloseDate': undefined,
      },
    });
    const view = reads(await look('O1001'));
    expect(view).toContain('*No title*\nO1001 · no spend given\n');
    expect(view).toContain(FORM);
  });

  test('a review status that is missing is no reason to guess', async () => {
    const { deal, look } = await open();
    deal({ fields: { 'LifeCycle.ReviewStatus': undefined } });
    const view = reads(await look('O1001'));
    expect(view).not.toContain(FORM);
    expect(view).not.toContain('undefined');
    expect(view).not.toContain('**');
  });

  test('National Security: only what is needed to recognise it, and Co-Sell is recommended', async () => {
    const { deal, look, modal, slack } = await open();
    deal({
      companyName: 'Redacted Customer',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.Address.CountryCode': 'US',
      },
    });
    const view = reads(await look('O1001'));
    expect(view).toContain('*O1001*');
    expect(view).not.toContain('Redacted Customer');
    const inOrder =
      /Co-Sell is recommended[\s\S]*(Looks complete|Worth improving|AWS's guide asks for this|AWS refused)/;
    expect(view).toMatch(inOrder);
    await slack.fillIn(ana, { involvement_type: 'For Visibility Only' });
    expect(reads(await modal('*Involvement* is For Visibility Only'))).toMatch(inOrder);
  });

  test('in the Sandbox nothing is locked for AWS sellers, so no confirmation is asked for', async () => {
    const { deal, look, choose, message, aws } = await open({
      settings: { PARTNER_CENTRAL_CATALOG: 'Sandbox' },
    });
    deal();
    const form = await look('O1001');
    expect(titleOf(form)).toBe('Submit · Sandbox');
    expect(form.values).not.toHaveProperty('lock');
    await choose();
    await message('Approval pending');
    expect(aws.requests('SubmitOpportunity')[0]?.body).toMatchObject({ Catalog: 'Sandbox' });
  });
});

/** What can be wrong with the look-up, and what the modal says. */
const TROUBLE: readonly (readonly [string, FaultKind, string])[] = [
  ['AWS throttles', { type: 'throttle' }, 'AWS is busy'],
  [
    'AWS has an internal error',
    awsError('InternalServerException'),
    "AWS couldn't be reached, or didn't answer",
  ],
  ['AWS is unavailable', awsError('ServiceUnavailable'), "AWS couldn't be reached"],
  ['a gateway answers with a page', { type: 'html-503', execute: false }, "AWS couldn't be reached"],
  ['the answer is cut off', { type: 'truncated-body', execute: true }, "AWS couldn't be reached"],
  ['the answer is empty', { type: 'empty-body', execute: true }, "AWS couldn't be reached"],
  ['the answer is something else', { type: 'odd-200', execute: true }, "AWS couldn't be reached"],
  ['the connection is reset', { type: 'reset', execute: false }, "AWS couldn't be reached"],
  ['AWS does not answer', { type: 'hang', execute: false }, "AWS couldn't be reached"],
  ["AWS doesn't know the credentials", awsError('UnrecognizedClientException'), "can't sign in to AWS"],
  ['the credentials have expired', awsError('ExpiredTokenException'), "can't sign in to AWS"],
  ['the signature is wrong', awsError('InvalidSignatureException', { status: 403 }), "can't sign in to AWS"],
  ["the bot's clock is wrong", awsError('RequestExpired'), "can't sign in to AWS"],
  ['the account is not opted in', awsError('OptInRequired'), "can't sign in to AWS"],
  ['AWS rejects the request as invalid', awsError('ValidationException'), 'Nothing was submitted'],
];

overBothTransports('when AWS is in trouble while the modal is loading', (open) => {
  test.each(TROUBLE)('%s: the modal says so, and Try again works', async (_, kind, words) => {
    const { slack, deal, aws, look, modal } = await open({ timeouts: { firstByteMs: 300 } });
    deal();
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind });
    const shown = await look('O1001');
    expect(reads(shown)).toContain(words);
    expect(reads(shown)).not.toContain('Northwind');
    expect(buttons(shown)).toEqual(['Try again']);
    expect(slack.messages(deals)).toEqual([]);
    heal();
    await slack.clickViewButton({ user: ana, actionId: 'look_again' });
    await modal(FORM);
  });

  test('the summary fails, which only tells whether AWS referred it: the form is shown all the same', async () => {
    const { deal, aws, look } = await open();
    deal();
    aws.injectFault({ operation: 'GetAwsOpportunitySummary', kind: { type: 'html-503', execute: false } });
    expect(reads(await look('O1001'))).toContain(FORM);
  });

  test('AWS is slow: the form comes when it has answered', async () => {
    const { deal, aws, look } = await open();
    deal();
    aws.injectFault({ operation: 'GetOpportunity', times: 1, kind: { type: 'latency', ms: 400 } });
    expect(reads(await look('O1001'))).toContain(FORM);
  });

  test('closed while it was loading: nothing more is said, and nobody is troubled', async () => {
    const { slack, deal, aws, command, modal, log } = await open();
    deal();
    aws.injectFault({ operation: 'GetOpportunity', times: 1, kind: { type: 'latency', ms: 150 } });
    await command('O1001');
    await modal('Looking up');
    await slack.closeView(ana);
    await vi.waitUntil(() => slack.calls('views.update').length > 0);
    expect(slack.view(ana)).toBeUndefined();
    expect(slack.messages(deals)).toEqual([]);
    expect(log()).not.toContain('"level":50');
  });
});

overBothTransports('when Slack is in trouble with the modal', (open) => {
  test.each([
    ['expired_trigger_id', []],
    ['exchanged_trigger_id', []],
    ['invalid_trigger_id', []],
    ['invalid_arguments', ['[ERROR] `trigger_id` expired']],
    ['invalid_arguments', ['invalid `trigger_id` [json-pointer:/trigger_id]']],
  ])('too late to open it (%s): a button opens the form with a new press', async (code, messages) => {
    const { slack, deal, command, message, press, modal } = await open();
    deal();
    slack.injectFault({ method: 'views.open', times: 1, kind: { type: 'error', error: code, messages } });
    await command('O1001');
    const offer = await message('took too long');
    expect(offer.ephemeralTo).toBe(ana);
    expect(buttons(offer)).toEqual(['Open the form']);
    await press(offer, 'open_form');
    await modal(FORM);
  });

  test('too late to ask for the ID: the button asks for it', async () => {
    const { slack, command, message, press, modal } = await open();
    slack.injectFault({
      method: 'views.open',
      times: 1,
      kind: { type: 'error', error: 'expired_trigger_id' },
    });
    await command('');
    await press(await message('took too long'), 'open_form');
    await modal('Opportunity ID');
  });

  test('Slack fails to open it: said, with what to do', async () => {
    const { slack, command, message, aws } = await open();
    slack.injectFault({ method: 'views.open', times: 1, kind: { type: 'http-500' } });
    await command('O1001');
    expect((await message("Slack didn't open the form")).ephemeralTo).toBe(ana);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    expect(slack.view(ana)).toBeUndefined();
  });

  test('Slack opened it, and its answer was lost: it does not stay loading', async () => {
    const { slack, deal, command, modal } = await open();
    deal();
    slack.injectFault({ method: 'views.open', times: 1, kind: { type: 'reset', execute: true } });
    await command('O1001');
    await modal(FORM);
  });

  test.each([
    ['fails once', { type: 'http-500' }],
    ['answers too late once', { type: 'rate-limit', retryAfterSeconds: 1 }],
    ['loses its answer once', { type: 'reset', execute: true }],
    ['loses the request once', { type: 'reset', execute: false }],
  ] as const)('Slack %s when the form is to be shown: it is not left loading', async (_, kind) => {
    const { slack, deal, look, modal } = await open();
    deal();
    slack.injectFault({ method: 'views.update', times: 1, kind });
    const shown = await look('O1001');
    if (!reads(shown).includes(FORM)) {
      expect(buttons(shown)).toEqual(['Try again']);
      await slack.clickViewButton({ user: ana, actionId: 'look_again' });
      await modal(FORM);
    }
  });
});
