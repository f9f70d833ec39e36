import { type JsonObject, textAt } from '../../json.ts';
import type { ListOpportunitiesInput } from '../model.ts';
import { pageOf } from '../pages.ts';
import type { Service } from '../service.ts';
import { asListed } from '../shapes.ts';
import type { StoredOpportunity } from '../stand-in.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

/** Newest change first where no order is asked for. A deal with no review status is in no list of a status. */
export function listOpportunities(input: ListOpportunitiesInput, service: Service): Outcome {
  const { MaxResults, NextToken, ...question } = input;
  const { SortBy, SortOrder } = input.Sort ?? { SortBy: 'LastModifiedDate', SortOrder: 'DESCENDING' };
  const wanted = matcher(input);
  const { listLagMs } = service.altered;
  const listedUntil = service.clock.now().getTime() - listLagMs;
  const page = pageOf(
    service.data
      .allShown()
      .filter(wanted)
      .filter(
        ({ opportunity }) => listLagMs === 0 || Date.parse(opportunity.LastModifiedDate) <= listedUntil,
      ),
    {
      key: ({ opportunity }) => sortKey(opportunity, SortBy),
      id: ({ opportunity }) => opportunity.Id,
      descending: SortOrder === 'DESCENDING',
      question: JSON.stringify(question),
    },
    MaxResults,
    NextToken,
  );
  if (!page.ok) return failed(page.error);
  return succeeded({
    NextToken: page.nextToken ?? null,
    OpportunitySummaries: page.items.map(({ catalog, opportunity }) =>
      asListed({ ...opportunity, Catalog: catalog }),
    ),
  });
}

type SortBy = NonNullable<ListOpportunitiesInput['Sort']>['SortBy'];

const sortPaths = {
  LastModifiedDate: 'LastModifiedDate',
  CreatedDate: 'CreatedDate',
  TargetCloseDate: 'LifeCycle.TargetCloseDate',
  CustomerCompanyName: 'Customer.Account.CompanyName',
} satisfies Record<Exclude<SortBy, 'Identifier'>, string>;

function sortKey(opportunity: JsonObject, sortBy: SortBy): string {
  // Digits of different lengths, compared as text, would put O10 before O9.
  return sortBy === 'Identifier'
    ? textAt(opportunity, 'Id').slice(1).padStart(19, '0')
    : textAt(opportunity, sortPaths[sortBy]);
}

function matcher(input: ListOpportunitiesInput): (stored: StoredOpportunity) => boolean {
  const modified = window(
    input.LastModifiedDate?.AfterLastModifiedDate,
    input.LastModifiedDate?.BeforeLastModifiedDate,
  );
  const created = window(input.CreatedDate?.AfterCreatedDate, input.CreatedDate?.BeforeCreatedDate);
  const closing = window(
    input.TargetCloseDate?.AfterTargetCloseDate,
    input.TargetCloseDate?.BeforeTargetCloseDate,
  );
  const ids = anyOf(input.Identifier);
  const stages = anyOf(input.LifeCycleStage);
  const reviewStatuses = anyOf(input.LifeCycleReviewStatus);
  const companies = anyOf(input.CustomerCompanyName);
  return ({ catalog, opportunity, accessDenied }) =>
    catalog === input.Catalog &&
    accessDenied !== true &&
    ids(opportunity.Id) &&
    stages(textAt(opportunity, 'LifeCycle.Stage')) &&
    reviewStatuses(textAt(opportunity, 'LifeCycle.ReviewStatus')) &&
    companies(textAt(opportunity, 'Customer.Account.CompanyName')) &&
    modified(opportunity.LastModifiedDate) &&
    created(textAt(opportunity, 'CreatedDate')) &&
    closing(textAt(opportunity, 'LifeCycle.TargetCloseDate'));
}

function anyOf(values: readonly string[] | undefined): (value: string) => boolean {
  if (values === undefined || values.length === 0) return () => true;
  const set = new Set(values);
  return (value) => set.has(value);
}

/** Both ends exclusive; an end that isn't given is open. */
function window(after: string | undefined, before: string | undefined): (date: string) => boolean {
  if (after === undefined && before === undefined) return () => true;
  const from = after === undefined ? Number.NEGATIVE_INFINITY : Date.parse(after);
  const to = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before);
  return (date) => {
    const at = Date.parse(date);
    return at > from && at < to;
  };
}
