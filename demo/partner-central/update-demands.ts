import { isObject, type JsonObject, listAt, textAt } from '../json.ts';
import { DO_NOT_NEED_SUPPORT } from './codes.ts';
import type { Observed } from './observed.ts';
import { currencyErrors } from './project-rules.ts';
import { type Asked, closeDateErrors, coSellNeeds, mixedNeedErrors } from './rules.ts';
import type { StoredOpportunity } from './stand-in.ts';
import { entry, missing } from './validation-errors.ts';
import type { ListedError } from './wire.ts';

/** What AWS demands of every update, whatever it changes: the whole is validated. `edited` is the partner's side. */
export function updateDemands(
  stored: StoredOpportunity,
  edited: JsonObject,
  changed: readonly string[],
  asked: Asked,
): readonly ListedError[] {
  const { observed } = asked;
  const closeDate = textAt(edited, 'LifeCycle.TargetCloseDate');
  const moved = changed.includes('LifeCycle.TargetCloseDate') && closeDate !== '';
  return [
    ...stageErrors(edited, observed),
    ...(moved ? closeDateErrors(closeDate, asked) : []),
    ...needErrors(stored, edited, observed),
    ...projectErrors(stored.opportunity, edited, observed),
    ...marketingErrors(edited, observed),
    ...contactErrors(edited, observed),
  ];
}

function stageErrors(edited: JsonObject, observed: Observed): readonly ListedError[] {
  const stage = textAt(edited, 'LifeCycle.Stage');
  const reason = textAt(edited, 'LifeCycle.ClosedLostReason');
  const lost = stage === 'Closed Lost';
  return [
    ...(stage === '' && observed.updateWithoutStage === 'refused' ? [missing('LifeCycle.Stage')] : []),
    // AWS's S3 field list v14.3.
    ...(lost && reason === '' ? [missing('LifeCycle.ClosedLostReason')] : []),
    ...(!lost && reason !== '' && observed.closedLostReasonAlone === 'refused'
      ? [
          entry(
            'LifeCycle.ClosedLostReason',
            'ACTION_NOT_PERMITTED',
            'Closed lost reason is only for the stage Closed Lost',
          ),
        ]
      : []),
  ];
}

/** Co-Sell stays Co-Sell: AWS's guide and its S3 field list v14.3. */
function needErrors(
  stored: StoredOpportunity,
  edited: JsonObject,
  observed: Observed,
): readonly ListedError[] {
  const coSell = stored.involvementType === 'Co-Sell';
  const needs = listAt(edited, 'PrimaryNeedsFromAws');
  const emptied = needs.length === 0 && observed.coSellWithoutNeeds === 'refused';
  const withdrawn = needs.includes(DO_NOT_NEED_SUPPORT) && coSellNeeds(edited).length === 0;
  if (coSell && (emptied || withdrawn)) {
    return [
      entry(
        'PrimaryNeedsFromAws',
        'BUSINESS_VALIDATION_EXCEPTION',
        'Co-Sell cannot be changed to For Visibility Only',
      ),
    ];
  }
  return mixedNeedErrors(edited);
}

function projectErrors(before: JsonObject, edited: JsonObject, observed: Observed): readonly ListedError[] {
  const { SalesActivities } = isObject(edited.Project) ? edited.Project : {};
  const emptied = Array.isArray(SalesActivities) && SalesActivities.length === 0;
  return [
    ...(emptied && observed.emptySalesActivities === 'refused'
      ? [entry('Project.SalesActivities', 'INVALID_VALUE', 'Sales activities cannot be empty')]
      : []),
    ...currencyErrors(edited),
    ...(observed.spendInActionRequired === 'amount and currency only' &&
    textAt(before, 'LifeCycle.ReviewStatus') === 'Action Required'
      ? spendLocks(before, edited)
      : []),
  ];
}

function spendLocks(before: JsonObject, edited: JsonObject): readonly ListedError[] {
  const path = 'Project.ExpectedCustomerSpend';
  const old = listAt(before, path).filter(isObject);
  return listAt(edited, path)
    .filter(isObject)
    .flatMap((spend, index) =>
      ['TargetCompany', 'EstimationUrl', 'Frequency']
        .filter((name) => textAt(spend, name) !== textAt(old[index] ?? {}, name))
        .map((name) => entry(`${path}[${index}].${name}`, 'ACTION_NOT_PERMITTED', `${name} is not editable`)),
    );
}

/** The source: two reports, Sandbox since 2026-05. */
function marketingErrors(edited: JsonObject, observed: Observed): readonly ListedError[] {
  const source = textAt(edited, 'Marketing.Source');
  if (source === '') return [missing('Marketing.Source')];
  if (source !== 'None' || observed.campaignWithoutActivity === 'accepted') return [];
  const { Marketing } = edited;
  return ['CampaignName', 'UseCases', 'Channels', 'AwsFundingUsed']
    .filter((name) => isObject(Marketing) && Marketing[name] !== undefined)
    .map((name) =>
      entry(`Marketing.${name}`, 'ACTION_NOT_PERMITTED', `${name} is only for the source Marketing Activity`),
    );
}

function contactErrors(edited: JsonObject, observed: Observed): readonly ListedError[] {
  if (observed.contactWithoutNames === 'accepted') return [];
  return listAt(edited, 'Customer.Contacts').flatMap((contact, index) => {
    const absent = ['FirstName', 'LastName'].filter(
      (name) => !isObject(contact) || textAt(contact, name) === '',
    );
    return absent.map((name) => missing(`Customer.Contacts[${index}].${name}`));
  });
}
