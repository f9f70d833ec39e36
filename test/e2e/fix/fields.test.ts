import { expect, test } from 'vitest';
import type { OpenView } from '../../../demo/slack/stand-in.ts';
import { ana, overSocketMode, type Workspace } from '../workspace.ts';
import { atAws } from './changing.ts';

const account = (name: string) => `Customer.Account.${name}`;
const address = (name: string) => account(`Address.${name}`);
const contact = (name: string) => `Customer.Contacts[0].${name}`;
const SPEND = 'Project.ExpectedCustomerSpend';
const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';
const INDUSTRY = account('Industry');
const OTHER_INDUSTRY = account('OtherIndustry');
const COUNTRY = address('CountryCode');
const STATE = address('StateOrRegion');
const POSTAL_CODE = address('PostalCode');
const SOURCE = 'Marketing.Source';
const FUNDING = 'Marketing.AwsFundingUsed';
const USE_CASE = 'Cloud Management Tools & DevOps with Continuous Integration & Continuous Delivery (CICD)';

/** The form for a draft with these fields. */
async function openFix(workspace: Workspace, fields: Record<string, unknown>): Promise<OpenView> {
  const { deal, look, slack, modal } = workspace;
  deal({ id: 'O1001', fields });
  await look('O1001');
  await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
  return modal('can be mended here');
}

const block = ({ view }: OpenView, path: string) => view.blocks.find(({ block_id }) => block_id === path);
const element = (form: OpenView, path: string) => {
  const found = block(form, path);
  return found !== undefined && 'element' in found ? found.element : undefined;
};
const paths = ({ view }: OpenView) =>
  view.blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []));

/** What is open once a choice has brought or taken what it calls for. */
const once = ({ slack }: Workspace, isSo: (form: OpenView) => boolean): Promise<OpenView> =>
  slack.waitForView(ana, isSo);

overSocketMode('every field that AWS demands can be given in Slack', (open) => {
  test('a deal that has hardly begun is completed, and AWS takes it', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    const form = await openFix(workspace, {
      [INDUSTRY]: undefined,
      [account('WebsiteUrl')]: undefined,
      [account('Address')]: undefined,
      'Customer.Contacts': [],
      'LifeCycle.NextSteps': undefined,
      'Project.CustomerBusinessProblem': undefined,
      'Project.CustomerUseCase': undefined,
      'Project.SalesActivities': undefined,
      'Project.DeliveryModels': undefined,
      [SPEND]: [],
      PrimaryNeedsFromAws: undefined,
      Marketing: undefined,
      [SOLUTIONS]: [],
    });
    expect(paths(form)).not.toContain(OTHER_INDUSTRY);
    expect(paths(form)).not.toContain(FUNDING);
    // A currency, a company and a frequency stand beside an amount without being asked for.
    expect(paths(form).filter((path) => path?.startsWith(SPEND))).toEqual([
      `${SPEND}[0].Amount`,
      `${SPEND}[0].EstimationUrl`,
    ]);
    expect(block(form, `${SPEND}[0].Amount`)).toMatchObject({ hint: { text: 'USD a month' } });

    await slack.fillIn(ana, { [INDUSTRY]: 'Other' });
    await once(workspace, (shown) => paths(shown).includes(OTHER_INDUSTRY));
    await slack.fillIn(ana, { [OTHER_INDUSTRY]: 'Bakeries', [SOURCE]: 'Marketing Activity' });
    await once(workspace, (shown) => paths(shown).includes(FUNDING));
    await slack.fillIn(ana, { [FUNDING]: 'No', [COUNTRY]: 'US' });
    await once(workspace, (shown) => element(shown, STATE)?.type === 'static_select');
    await slack.optionsFor(ana, SOLUTIONS, 'lake');
    await slack.fillIn(ana, {
      [STATE]: 'Oregon',
      [POSTAL_CODE]: '97204',
      [account('WebsiteUrl')]: 'https://juniper.example',
      [contact('FirstName')]: 'Juno',
      [contact('LastName')]: 'Baker',
      [contact('Email')]: 'juno@juniper.example',
      [contact('BusinessTitle')]: 'Owner',
      [contact('Phone')]: '+15035550100',
      'LifeCycle.NextSteps': 'A workshop.',
      'Project.CustomerBusinessProblem': 'Ovens are planned by hand, and stand idle.',
      'Project.CustomerUseCase': USE_CASE,
      'Project.SalesActivities': ['Conducted POC / Demo', 'SOW Signed'],
      'Project.DeliveryModels': ['SaaS or PaaS'],
      [`${SPEND}[0].Amount`]: '1200',
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
      [SOLUTIONS]: 'S-0051246',
    });
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    expect(aws.opportunity('AWS', 'O1001')?.opportunity).toMatchObject({
      PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
      Customer: {
        Account: {
          Industry: 'Other',
          OtherIndustry: 'Bakeries',
          Address: { CountryCode: 'US', StateOrRegion: 'Oregon', PostalCode: '97204' },
        },
        Contacts: [
          {
            FirstName: 'Juno',
            LastName: 'Baker',
            Email: 'juno@juniper.example',
            BusinessTitle: 'Owner',
            Phone: '+15035550100',
          },
        ],
      },
      Project: {
        CustomerUseCase: USE_CASE,
        SalesActivities: ['Conducted POC / Demo', 'SOW Signed'],
        DeliveryModels: ['SaaS or PaaS'],
        ExpectedCustomerSpend: [
          { Amount: '1200', CurrencyCode: 'USD', TargetCompany: 'AWS', Frequency: 'Monthly' },
        ],
      },
      Marketing: { Source: 'Marketing Activity', AwsFundingUsed: 'No' },
      LifeCycle: { NextSteps: 'A workshop.', ReviewStatus: 'Submitted' },
      RelatedEntityIdentifiers: { Solutions: ['S-0051246'] },
    });
  });

  test('another country has states of its own: what was typed elsewhere stays, what belonged to the old one goes', async () => {
    const workspace = await open();
    const { slack } = workspace;
    const form = await openFix(workspace, { [POSTAL_CODE]: undefined, 'LifeCycle.NextSteps': undefined });
    expect(element(form, STATE)).toMatchObject({ type: 'plain_text_input', initial_value: 'Vestland' });
    expect(block(form, POSTAL_CODE)).toMatchObject({ hint: { text: 'Such as 1234' } });

    await slack.fillIn(ana, { 'LifeCycle.NextSteps': 'A workshop.', [COUNTRY]: 'US' });
    const american = await once(workspace, (shown) => element(shown, STATE)?.type === 'static_select');
    expect(block(american, POSTAL_CODE)).toMatchObject({
      hint: { text: 'Such as 12345 or 12345-6789' },
    });
    expect(american.values['LifeCycle.NextSteps']).toMatchObject({ field: { value: 'A workshop.' } });
    expect(american.values[STATE]).toEqual({
      chosen_field: { type: 'static_select', selected_option: null },
    });

    await slack.fillIn(ana, { [STATE]: 'Tennessee', [POSTAL_CODE]: '38103', [COUNTRY]: 'NO' });
    const norwegian = await once(workspace, (shown) => element(shown, STATE)?.type === 'plain_text_input');
    expect(norwegian.values[STATE]).toEqual({ field: { type: 'plain_text_input', value: null } });
    expect(norwegian.values[POSTAL_CODE]).toMatchObject({ field: { value: '38103' } });

    await slack.fillIn(ana, { [COUNTRY]: 'US' });
    await once(workspace, (shown) => element(shown, STATE)?.type === 'static_select');
    await slack.fillIn(ana, { [STATE]: 'Tennessee' });
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    expect(atAws(workspace, account('Address'))).toEqual({
      City: 'Bergen',
      PostalCode: '38103',
      StateOrRegion: 'Tennessee',
      CountryCode: 'US',
      StreetAddress: 'Bryggen 12',
    });
  });

  test('what a choice no longer calls for goes again, unless AWS has something there', async () => {
    const workspace = await open();
    const { slack } = workspace;
    await openFix(workspace, { [INDUSTRY]: undefined, Marketing: { AwsFundingUsed: 'Yes' } });
    await slack.fillIn(ana, { [INDUSTRY]: 'Other' });
    await once(workspace, (shown) => paths(shown).includes(OTHER_INDUSTRY));
    await slack.fillIn(ana, { [INDUSTRY]: 'Retail', [SOURCE]: 'Marketing Activity' });
    await slack.fillIn(ana, { [SOURCE]: 'None' });
    const form = await once(workspace, (shown) => !paths(shown).includes(OTHER_INDUSTRY));
    expect(paths(form)).toContain(FUNDING);
    await slack.fillIn(ana, { [FUNDING]: null });
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    expect(atAws(workspace, 'Marketing')).toEqual({ Source: 'None' });
    expect(atAws(workspace, INDUSTRY)).toBe('Retail');
  });

  test('who is faster than Slack is asked for it where they chose', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    await openFix(workspace, { [INDUSTRY]: undefined });
    slack.injectFault({ method: 'views.update', kind: { type: 'error', error: 'hash_conflict' } });
    await slack.fillIn(ana, { [INDUSTRY]: 'Other' });
    expect(await workspace.choose()).toMatchObject({
      payload: { response_action: 'errors', errors: { [INDUSTRY]: 'With the industry Other, say which.' } },
    });
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });

  test('a campaign without a source can be told whence it came: AWS takes no change without', async () => {
    const workspace = await open();
    const { slack } = workspace;
    await openFix(workspace, {
      Marketing: { CampaignName: 'Spring' },
      'LifeCycle.TargetCloseDate': '2020-01-31',
    });
    await slack.fillIn(ana, { 'LifeCycle.TargetCloseDate': '2031-02-28' });
    await expect(workspace.choose()).rejects.toThrow('Please complete this required field.');
    await slack.fillIn(ana, { [SOURCE]: 'Marketing Activity' });
    await once(workspace, (shown) => paths(shown).includes(FUNDING));
    await slack.fillIn(ana, { [FUNDING]: 'Yes' });
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    expect(atAws(workspace, 'Marketing')).toEqual({
      CampaignName: 'Spring',
      Source: 'Marketing Activity',
      AwsFundingUsed: 'Yes',
    });
  });

  test.each([
    ['Solution/soln-ab1c2de3fgh4i', 'AwsMarketplaceSolutions'],
    ['SaaSProduct/prod-ab1c2de3fgh4i', 'AwsMarketplaceProducts'],
  ])('%s of AWS Marketplace stands for a solution', async (entity, type) => {
    const workspace = await open();
    const { slack, aws } = workspace;
    const arn = `arn:aws:aws-marketplace:us-east-1:111122223333:AWSMarketplace/${entity}`;
    await openFix(workspace, { [SOLUTIONS]: [] });
    const offered = await slack.optionsFor(ana, SOLUTIONS, ` ${arn} `);
    expect(offered.map(({ text, value }) => [text.text, value])).toEqual([
      [`AWS Marketplace · ${entity.split('/')[1]}`, arn],
    ]);
    await slack.fillIn(ana, { [SOLUTIONS]: arn });
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
    expect(atAws(workspace, `RelatedEntityIdentifiers.${type}`)).toEqual([arn]);
  });

  test('what AWS would refuse in a contact is said below its field', async () => {
    const workspace = await open();
    const { slack, aws } = workspace;
    await openFix(workspace, { 'Customer.Contacts': [], 'LifeCycle.TargetCloseDate': '2020-01-31' });
    await slack.fillIn(ana, {
      'LifeCycle.TargetCloseDate': '2031-02-28',
      [contact('FirstName')]: 'Juno',
      [contact('Email')]: 'juno at juniper',
      [contact('Phone')]: '0503 555',
    });
    expect(await workspace.choose()).toMatchObject({
      payload: {
        errors: {
          [contact('LastName')]: 'AWS takes a contact with a first and a last name.',
          [contact('Email')]: 'Write an email address.',
          [contact('Phone')]: 'Write + and digits only, such as +4755512345.',
        },
      },
    });
    expect(aws.requests('UpdateOpportunity')).toEqual([]);
  });
});
