import { isObject, type JsonObject, listAt, textAt } from '../json.ts';
import { customerUseCases } from './codes.ts';
import type { Observed } from './observed.ts';
import { entry, missing, required } from './validation-errors.ts';
import type { ListedError } from './wire.ts';

/** What a submission needs of the project and its marketing, in the order of the opportunity's fields. */
export function projectErrors(
  opportunity: JsonObject,
  involvementType: string,
  observed: Observed,
): readonly ListedError[] {
  return [
    ...required(opportunity, 'Project.Title'),
    ...problemErrors(opportunity),
    ...useCaseErrors(opportunity),
    // Two reports, AWS's S3 field list v14.3, and in every recorded submission.
    ...filledList(opportunity, 'Project.DeliveryModels'),
    // Co-Sell: two reports.
    ...(involvementType === 'Co-Sell' || observed.salesActivitiesForVisibilityOnly === 'needed'
      ? filledList(opportunity, 'Project.SalesActivities')
      : []),
    ...spendErrors(opportunity),
    ...solutionErrors(opportunity),
    ...marketingErrors(opportunity, observed),
  ];
}

const filledList = (opportunity: JsonObject, path: string): readonly ListedError[] =>
  listAt(opportunity, path).length === 0 ? [missing(path)] : [];

/** 20 to 2000 characters: AWS's guide; 30 were kept in a draft and 36 accepted (recorded 2025-12). */
function problemErrors(opportunity: JsonObject): readonly ListedError[] {
  const path = 'Project.CustomerBusinessProblem';
  const { length } = textAt(opportunity, path);
  if (length === 0 || (length >= 20 && length <= 2000)) return required(opportunity, path);
  return [entry(path, 'INVALID_STRING_FORMAT', 'Customer business problem must have 20 to 2000 characters')];
}

/** Needed: two reports and AWS's S3 field list v14.3; the list is from the service's own error (one report, 2026). */
function useCaseErrors(opportunity: JsonObject): readonly ListedError[] {
  const path = 'Project.CustomerUseCase';
  const useCase = textAt(opportunity, path);
  if (useCase === '' || customerUseCases.includes(useCase)) return required(opportunity, path);
  return [entry(path, 'INVALID_ENUM_VALUE', `${useCase} is not a customer use case`)];
}

/**
 * One entry, its amount above 0 (two reports), or an estimate's address in the amount's place (recorded 2026-02, when
 * a deal was made).
 */
function spendErrors(opportunity: JsonObject): readonly ListedError[] {
  const path = 'Project.ExpectedCustomerSpend';
  const spends = listAt(opportunity, path).filter(isObject);
  if (spends.length === 0) return [missing(path)];
  const errors = spends.flatMap((spend, index) => {
    const amount = textAt(spend, 'Amount');
    const absent = [
      ...(amount === '' && textAt(spend, 'EstimationUrl') === '' ? ['Amount'] : []),
      ...['CurrencyCode', 'Frequency', 'TargetCompany'].filter((name) => textAt(spend, name) === ''),
    ];
    return [
      ...absent.map((name) => missing(`${path}[${index}].${name}`)),
      ...(amount !== '' && !(Number(amount) > 0)
        ? [entry(`${path}[${index}].Amount`, 'INVALID_VALUE', 'Amount must be greater than 0')]
        : []),
    ];
  });
  return [...errors, ...currencyErrors(opportunity)];
}

/**
 * USD, or EUR exactly where the project's partition is aws-eusc (release notes of 2026-03-30, AWS's CRM connector 3.17,
 * and one report, Sandbox 2026-05).
 */
export function currencyErrors(opportunity: JsonObject): readonly ListedError[] {
  const path = 'Project.ExpectedCustomerSpend';
  const expected = textAt(opportunity, 'Project.AwsPartition') === 'aws-eusc' ? 'EUR' : 'USD';
  return listAt(opportunity, path).flatMap((spend, index) => {
    const currency = isObject(spend) ? textAt(spend, 'CurrencyCode') : '';
    if (currency === '' || currency === expected) return [];
    return [
      entry(
        `${path}[${index}].CurrencyCode`,
        'INVALID_VALUE',
        `Currency must be ${expected} in this partition`,
      ),
    ];
  });
}

/** One associated or described (Co-Sell with a description alone: recorded 2025-02; neither: two reports). */
function solutionErrors(opportunity: JsonObject): readonly ListedError[] {
  // That the Marketplace's count as well is in AWS's guide only.
  const related = ['Solutions', 'AwsMarketplaceSolutions', 'AwsMarketplaceProducts'].flatMap((type) =>
    listAt(opportunity, `RelatedEntityIdentifiers.${type}`),
  );
  if (related.length > 0 || textAt(opportunity, 'Project.OtherSolutionDescription') !== '') return [];
  return [missing('RelatedEntityIdentifiers.Solutions')];
}

/** AWS's S3 field list v14.3; the source is asked of every update too (two reports, Sandbox 2026-05). */
function marketingErrors(opportunity: JsonObject, observed: Observed): readonly ListedError[] {
  const activity = textAt(opportunity, 'Marketing.Source') === 'Marketing Activity';
  return [
    ...required(opportunity, 'Marketing.Source'),
    ...(activity && observed.fundingOfMarketingActivity === 'needed'
      ? required(opportunity, 'Marketing.AwsFundingUsed')
      : []),
  ];
}
