import type { Solution } from './stand-in.ts';

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
