import type { Chosen, InvolvementType } from '../aws/terms.ts';
import type { Choices, Form } from '../forms/form.ts';
import { findingsFor, type ReadinessFinding } from '../opportunities/readiness.ts';

/** What a person chose for one of several. */
export interface RowChoice {
  /** It is to go. */
  readonly isWanted: boolean;
  /** Also where AWS will probably refuse it. */
  readonly anyway: boolean;
  /** Its own involvement; undefined: as for all. */
  readonly involvementType: InvolvementType | undefined;
}

/** What is chosen in a form for several: for all, and by opportunity ID. */
export interface BatchChosen extends Chosen {
  readonly rows: ReadonlyMap<string, RowChoice>;
}

/** The same once the involvement is chosen. */
export type BatchChoices = Choices & Pick<BatchChosen, 'rows'>;

/** What becomes of one form of several, as they are filled in. */
export interface RowPlan {
  readonly form: Form;
  readonly involvementType: InvolvementType | undefined;
  /** What keeps AWS from taking it, as far as readiness knows. */
  readonly blocks: readonly ReadinessFinding[];
  readonly isWanted: boolean;
  readonly goes: boolean;
}

/** What becomes of each form: what AWS will probably refuse goes only where somebody says so of it. */
export const plansOf = (forms: readonly Form[], chosen: BatchChosen): readonly RowPlan[] =>
  forms.map((form) => {
    const row = chosen.rows.get(form.opportunityId ?? '');
    const involvementType = row?.involvementType ?? chosen.involvementType;
    const { visibility } = chosen;
    const findings =
      form.readiness === undefined ? [] : findingsFor(form.readiness, { involvementType, visibility });
    const blocks = findings.filter(({ weight }) => weight === 'block');
    const isWanted = row?.isWanted === true;
    return { form, involvementType, blocks, isWanted, goes: isWanted && (blocks.length === 0 || row.anyway) };
  });

/** What goes, as its places in the form: short enough for a view to carry. */
export const goingOf = (plans: readonly RowPlan[]): string =>
  plans.flatMap(({ goes }, index) => (goes ? [index] : [])).join('-');
