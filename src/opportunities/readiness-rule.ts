import type { Weight } from '../aws/evidence.ts';
import { listSpelling } from '../aws/lists.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import type { Chosen } from '../aws/terms.ts';

/** Something AWS's own validation or its reviewers ask for. How each rule is known is in `evidence.ts`. */
export interface Rule {
  /** Of the field, as AWS writes it. */
  readonly path: string;
  /** The most it can weigh; what is known of it decides. */
  readonly most: Weight;
  /** Which deals are asked for it; undefined: every one. */
  readonly when?: Condition;
  /** Whether a deal has it; undefined: where the field says anything. */
  readonly holds?: Condition;
  /** What is wrong where it doesn't hold: reads after the field's name. */
  readonly problem: string;
  /** What to do about it. */
  readonly todo: string;
}

export type Condition = (opportunity: Opportunity, given: Given) => boolean;

/** What a deal is judged by, besides itself. */
export interface Given extends Chosen {
  readonly now: Date;
}

export const isCoSell: Condition = (_, { involvementType }) => involvementType === 'Co-Sell';

/** Whether a value is an entry of the closed list at a path, however it is written. */
export const isOf = (path: string, value: string | undefined, entry: string): boolean =>
  listSpelling(path, value ?? '') === entry;
