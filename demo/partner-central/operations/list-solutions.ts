import type { ListSolutionsInput } from '../model.ts';
import { pageOf } from '../pages.ts';
import type { Service } from '../service.ts';
import type { Solution } from '../stand-in.ts';
import { failed, type Outcome, succeeded } from '../wire.ts';

/** Without a filter by status, drafts and inactive ones come too (recorded 2024-11). */
export function listSolutions(input: ListSolutionsInput, service: Service): Outcome {
  const { MaxResults, NextToken, ...question } = input;
  const { SortBy, SortOrder } = input.Sort ?? { SortBy: 'Identifier', SortOrder: 'ASCENDING' };
  const page = pageOf(
    service.solutions.filter((solution) => matches(solution, input)),
    {
      key: (solution) => (SortBy === 'Identifier' ? solution.Id : (solution[SortBy] ?? '')),
      id: (solution) => solution.Id,
      descending: SortOrder === 'DESCENDING',
      question: JSON.stringify(question),
    },
    MaxResults,
    NextToken,
  );
  if (!page.ok) return failed(page.error);
  return succeeded({
    NextToken: page.nextToken ?? null,
    SolutionSummaries: page.items.map((solution) => ({ Arn: arnOf(solution), ...solution })),
  });
}

function matches(solution: Solution, input: ListSolutionsInput): boolean {
  return (
    solution.Catalog === input.Catalog &&
    (input.Status?.includes(solution.Status) ?? true) &&
    (input.Identifier?.includes(solution.Id) ?? true) &&
    (input.Category?.includes(solution.Category ?? '') ?? true)
  );
}

const arnOf = ({ Catalog, Id }: Solution): string =>
  `arn:aws:partnercentral:us-east-1:111122223333:catalog/${Catalog}/solution/${Id}`;

/** The fictional partner's solutions, in both catalogs. */
export const demoSolutions: readonly Solution[] = ['Sandbox', 'AWS'].flatMap((Catalog) => [
  solution(Catalog, 'S-0051246', 'Harbor Data Lakehouse', 'Active', 'Software Product'),
  solution(Catalog, 'S-0051247', 'Harbor Migration Factory', 'Active', 'Consulting Service'),
  solution(Catalog, 'S-0051248', 'Harbor Cost Watch', 'Active', 'Software Product'),
  solution(Catalog, 'S-0051249', 'Harbor Contact Center Quickstart', 'Active', 'Professional Service'),
  solution(Catalog, 'S-0051250', 'Harbor Mainframe Offload', 'Inactive', null),
  solution(Catalog, 'S-0051251', 'Harbor Edge Vision', 'Draft', 'Software Product'),
]);

function solution(
  Catalog: string,
  Id: string,
  Name: string,
  Status: Solution['Status'],
  Category: string | null,
): Solution {
  return { Catalog, Id, Name, Status, Category, CreatedDate: '2025-03-04T09:12:45Z' };
}
