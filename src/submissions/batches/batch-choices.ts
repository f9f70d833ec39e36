import type { InvolvementType } from '../../partner-central/operations.ts';
import type { Choices, Draft } from '../submission.ts';

/** What a person chose for one opportunity where it isn't what they chose for all. */
export type Exception = InvolvementType | 'leave-out';

/** What a person chose in a form for several: for all, and by opportunity ID where it differs. */
export interface BatchChoices extends Choices {
  readonly exceptions: ReadonlyMap<string, Exception>;
}

/** The drafts that are to be sent, with the involvement for each; undefined where none was chosen yet. */
export const chosenOf = <Chosen extends InvolvementType | undefined>(
  drafts: readonly Draft[],
  chosen: { readonly involvementType: Chosen } & Pick<BatchChoices, 'exceptions'>,
): readonly { readonly draft: Draft; readonly involvementType: InvolvementType | Chosen }[] =>
  drafts.flatMap((draft) => {
    const exception = chosen.exceptions.get(draft.opportunityId ?? '');
    if (exception === 'leave-out') return [];
    return [{ draft, involvementType: exception ?? chosen.involvementType }];
  });
