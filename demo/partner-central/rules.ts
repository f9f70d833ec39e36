import { fieldAt, isJsonObject, type JsonObject, listAt, textAt } from './json.ts';
import type { StoredOpportunity } from './stand-in.ts';
import { businessInvalid, type ListedError, type ValidationCode, type WireError } from './wire.ts';

/**
 * Why AWS would refuse to take this opportunity for review, or undefined where it would take it
 * ("Submitting opportunities", AWS Partner Central developer guide; "LifeCycle", API reference).
 */
export function submissionRefusal(
  stored: StoredOpportunity,
  involvementType: string,
  now: Date,
): WireError | undefined {
  const { opportunity } = stored;
  if (stored.origin === 'AWS Referral') {
    return businessInvalid([
      {
        Message: 'Only an opportunity that was previously created by partner can be submitted.',
        Code: 'ACTION_NOT_PERMITTED',
      },
    ]);
  }
  const status = textAt(opportunity, 'LifeCycle.ReviewStatus');
  if (status !== 'Pending Submission') {
    return businessInvalid([
      entry(
        'LifeCycle.ReviewStatus',
        'INVALID_RESOURCE_STATE',
        `Opportunity ${opportunity.Id} can't be submitted while its review status is ${status}.`,
      ),
    ]);
  }
  const errors = readinessErrors(opportunity, involvementType, now);
  return errors.length > 0 ? businessInvalid(errors) : undefined;
}

/** What is missing or wrong at submission, in the order of the opportunity's fields. */
function readinessErrors(
  opportunity: JsonObject,
  involvementType: string,
  now: Date,
): readonly ListedError[] {
  return [
    ...lifeCycleErrors(opportunity, now),
    ...projectErrors(opportunity),
    ...customerErrors(opportunity),
    ...needErrors(opportunity, involvementType),
    ...solutionErrors(opportunity),
  ];
}

function entry(FieldName: string, Code: ValidationCode, Message: string): ListedError {
  return { FieldName, Message, Code };
}

function missing(path: string): ListedError {
  return entry(path, 'REQUIRED_FIELD_MISSING', `${path} is required to submit an opportunity.`);
}

function required(opportunity: JsonObject, path: string): readonly ListedError[] {
  return textAt(opportunity, path).trim() === '' ? [missing(path)] : [];
}

function lifeCycleErrors(opportunity: JsonObject, now: Date): readonly ListedError[] {
  const stage = textAt(opportunity, 'LifeCycle.Stage');
  const unsuitable = stage === '' || stage === 'Prospect' || stage === 'Closed Lost';
  return [
    ...(unsuitable
      ? [
          entry(
            'LifeCycle.Stage',
            'INVALID_VALUE',
            `Stage must be at least Qualified to submit; it is ${stage}.`,
          ),
        ]
      : []),
    ...closeDateErrors(textAt(opportunity, 'LifeCycle.TargetCloseDate'), now),
  ];
}

/** Empty unless the date (`YYYY-MM-DD`) is missing or before today, in UTC. */
export function closeDateErrors(closeDate: string, now: Date): readonly ListedError[] {
  if (closeDate === '') return [missing('LifeCycle.TargetCloseDate')];
  if (closeDate >= now.toISOString().slice(0, 10)) return [];
  return [
    entry(
      'LifeCycle.TargetCloseDate',
      'INVALID_VALUE',
      `Target Close Date ${closeDate} must not be in the past.`,
    ),
  ];
}

function projectErrors(opportunity: JsonObject): readonly ListedError[] {
  const problem = textAt(opportunity, 'Project.CustomerBusinessProblem');
  return [
    ...required(opportunity, 'Project.Title'),
    ...required(opportunity, 'Project.CustomerBusinessProblem'),
    ...(problem !== '' && (problem.length < 20 || problem.length > 2000)
      ? [
          entry(
            'Project.CustomerBusinessProblem',
            'INVALID_STRING_FORMAT',
            'Customer Business Problem must have 20 to 2000 characters.',
          ),
        ]
      : []),
    ...(listAt(opportunity, 'Project.DeliveryModels').length === 0
      ? [missing('Project.DeliveryModels')]
      : []),
    ...spendErrors(listAt(opportunity, 'Project.ExpectedCustomerSpend')),
  ];
}

function spendErrors(spends: readonly unknown[]): readonly ListedError[] {
  if (spends.length === 0) return [missing('Project.ExpectedCustomerSpend')];
  return spends.filter(isJsonObject).flatMap((spend, index) => {
    const path = `Project.ExpectedCustomerSpend[${index}]`;
    const absent = ['Amount', 'CurrencyCode', 'Frequency', 'TargetCompany'].filter(
      (name) => textAt(spend, name) === '',
    );
    const amount = textAt(spend, 'Amount');
    const notAbove0 = amount !== '' && !(Number(amount) > 0);
    return [
      ...absent.map((name) => missing(`${path}.${name}`)),
      ...(notAbove0
        ? [entry(`${path}.Amount`, 'VALUE_OUT_OF_RANGE', `Amount ${amount} must be greater than 0.`)]
        : []),
    ];
  });
}

function customerErrors(opportunity: JsonObject): readonly ListedError[] {
  const account = 'Customer.Account';
  const redacted = opportunity.NationalSecurity === 'Yes';
  const industry = textAt(opportunity, `${account}.Industry`);
  const country = textAt(opportunity, `${account}.Address.CountryCode`);
  return [
    ...(redacted ? [] : required(opportunity, `${account}.CompanyName`)),
    ...(redacted ? [] : required(opportunity, `${account}.WebsiteUrl`)),
    ...required(opportunity, `${account}.Industry`),
    ...(industry === 'Other' ? required(opportunity, `${account}.OtherIndustry`) : []),
    ...required(opportunity, `${account}.Address.CountryCode`),
    ...(country === 'US' ? required(opportunity, `${account}.Address.StateOrRegion`) : []),
    ...(redacted && industry !== 'Government'
      ? [
          entry(
            'NationalSecurity',
            'INVALID_VALUE',
            'National Security can be Yes only where the industry is Government.',
          ),
        ]
      : []),
  ];
}

function needErrors(opportunity: JsonObject, involvementType: string): readonly ListedError[] {
  if (involvementType === 'Co-Sell') {
    return listAt(opportunity, 'PrimaryNeedsFromAws').length === 0 ? [missing('PrimaryNeedsFromAws')] : [];
  }
  return opportunity.NationalSecurity === 'Yes'
    ? [
        entry(
          'InvolvementType',
          'INVALID_VALUE',
          'A National Security opportunity must be submitted as Co-Sell.',
        ),
      ]
    : [];
}

function solutionErrors(opportunity: JsonObject): readonly ListedError[] {
  const related = ['Solutions', 'AwsMarketplaceSolutions', 'AwsMarketplaceProducts'].flatMap((type) =>
    listAt(opportunity, `RelatedEntityIdentifiers.${type}`),
  );
  const described = typeof fieldAt(opportunity, 'Project.OtherSolutionDescription') === 'string';
  if (related.length > 0 || described) return [];
  return [
    entry(
      'RelatedEntityIdentifiers.Solutions',
      'NOT_ENOUGH_VALUES',
      'At least one solution must be associated with the opportunity.',
    ),
  ];
}
