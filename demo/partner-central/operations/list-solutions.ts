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
