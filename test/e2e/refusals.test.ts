import { expect, test } from 'vitest';
import { awsError, type FaultKind, onSubmit } from './aws-faults.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, overBothTransports } from './workspace.ts';

overBothTransports('what AWS refuses', (open) => {
  test('the fields that AWS objects to, by the names a seller knows, and none of AWS’s values', async () => {
    const { deal, submit, message, modal, press } = await open();
    deal({
      fields: {
        'LifeCycle.TargetCloseDate': '2020-01-31',
        'Project.CustomerBusinessProblem': undefined,
        'Project.ExpectedCustomerSpend': [
          { Amount: '0', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
        ],
        'RelatedEntityIdentifiers.Solutions': [],
      },
    });
    await submit('O1001');
    const refused = await message('AWS needs something changed first: O1001');
    expect(reads(refused)).toContain('AWS did not accept it; nothing was submitted.');
    for (const name of [
      'Target close date',
      'Customer business problem',
      'Expected spend: amount',
      'Partner solution',
    ]) {
      expect(reads(refused)).toContain(`*${name}*`);
    }
    expect(reads(refused)).not.toMatch(/The opportunity|HTTP \d/);
    expect(reads(refused)).not.toContain('request ID');
    expect(reads(refused)).not.toMatch(/lifeCycle|2020-01-31|future date/i);
    expect(buttons(refused)).toEqual(['Fix']);

    await press(refused, 'show_details');
    const details = await modal("AWS's own words");
    expect(reads(details)).toContain('Target close date must be a future date');
  });

  test('Try again opens the form with the choices kept, and once mended it goes through', async () => {
    const { slack, aws, deal, submit, message, press, modal } = await open();
    deal();
    const mend = aws.injectFault(onSubmit(awsError('AccessDeniedException')));
    await submit('O1001', { involvement: 'For Visibility Only', visibility: 'Limited' });
    const refused = await message("AWS doesn't let the bot submit this");
    mend();
    await press(refused, 'try_again');
    const form = await modal('How should AWS be involved?');
    expect(form.values.involvement_type?.involvement_type).toMatchObject({
      selected_option: { value: 'For Visibility Only' },
    });
    expect(form.values.visibility?.visibility).toMatchObject({ selected_option: { value: 'Limited' } });
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    expect(reads(await message('Approval pending: O1001'))).toContain(' · Limited · ');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('AWS referred it, and only says so at submission', async () => {
    const { deal, aws, submit, message } = await open();
    deal({ origin: 'AWS Referral' });
    aws.injectFault({
      operation: 'GetAwsOpportunitySummary',
      kind: awsError('InternalServerException', { status: 500 }),
    });
    await submit('O1001');
    const refused = reads(await message('AWS needs something changed first'));
    expect(refused).toContain("*This step*: isn't permitted as the opportunity stands");
  });

  test('a code and a field that nobody knows yet, or a value in the place of a field', async () => {
    const { deal, aws, submit, message } = await open();
    deal();
    aws.injectFault(
      onSubmit(
        awsError('ValidationException', {
          message: 'Northwind is wrong',
          body: {
            Reason: 'BUSINESS_VALIDATION_FAILED',
            ErrorList: [
              { FieldName: 'Project.NewThing', Message: 'no', Code: 'NEW_CODE' },
              { FieldName: 'Acme & Sons <!channel>', Message: 'no', Code: 'INVALID_VALUE' },
            ],
          },
        }),
      ),
    );
    await submit('O1001');
    const refused = reads(await message('AWS needs something changed first'));
    expect(refused).toContain("• *Project.NewThing*: isn't accepted by AWS");
    expect(refused).not.toMatch(/Acme|channel|Northwind/);
  });

  test('a refusal without a list of fields points to the details', async () => {
    const { deal, aws, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit(awsError('ValidationException')));
    await submit('O1001');
    expect(reads(await message('AWS needs something changed first'))).toContain('See why has');
  });

  test('a refusal with very many fields and very long texts stays within what Slack takes', async () => {
    const { deal, aws, submit, message, modal, press } = await open();
    deal();
    aws.injectFault(
      onSubmit(
        awsError('ValidationException', {
          message: '<&> '.repeat(3000),
          body: {
            ErrorList: Array.from({ length: 60 }, (_, index) => ({
              FieldName: `Project.Field${index}`,
              Message: `${'<!here> & so on '.repeat(150)}`,
              Code: 'INVALID_VALUE',
            })),
          },
        }),
      ),
    );
    await submit('O1001');
    const refused = await message('AWS needs something changed first');
    expect(reads(refused)).toContain('and 54 more');
    await press(refused, 'show_details');
    expect(reads(await modal("AWS's own words"))).not.toContain('<!here>');
  });

  test.each<readonly [string, FaultKind, string, string]>([
    [
      'not found',
      awsError('ResourceNotFoundException'),
      "AWS doesn't find this opportunity",
      "AWS showed it before, and now can't find it",
    ],
    [
      'access denied',
      awsError('AccessDeniedException'),
      "AWS doesn't let the bot submit this",
      "permissions don't cover",
    ],
    [
      'access denied for the state of the partner account',
      awsError('AccessDeniedException', { body: { Reason: 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE' } }),
      "AWS doesn't allow this for your partner account",
      'alliance manager',
    ],
    ['a conflict', awsError('ConflictException'), 'AWS did not accept it', "See why has AWS's words"],
  ])('%s: nothing was submitted, and what to do', async (_, kind, headline, next) => {
    const { deal, aws, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit(kind));
    await submit('O1001');
    const refused = reads(await message(`${headline}: O1001`));
    expect(refused).toContain('AWS did not accept it; nothing was submitted.');
    expect(refused).toContain(next);
    expect(refused).not.toContain('request ID');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });
});
