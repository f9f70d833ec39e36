import type { Chosen, InvolvementType } from '../aws/terms.ts';
import type { Choices, Form, Requester } from '../forms/form.ts';
import { type Finding, findingsFor } from '../opportunities/readiness.ts';
import { type Circumstances, explain } from './explain.ts';
import type { Sign } from './signs.ts';
import { isFurtherTry, type Reviewed } from './submission.ts';

/** Several opportunities that a person asked for at once: where, and from which form. Its ID is the form's. */
export interface Batch extends Requester {
  readonly id: string;
  readonly createdAt: Date;
}

/** Opportunities of a batch of which the same is to be said. */
export interface BatchLine {
  readonly sign: Sign;
  readonly headline: string;
  readonly opportunityIds: readonly string[];
}

/** How a batch stands. */
export interface BatchProgress {
  /** What needs somebody first. */
  readonly lines: readonly BatchLine[];
  /** How many have which sign. */
  readonly counts: ReadonlyMap<Sign, number>;
  /** What can still be taken back. */
  readonly waiting: number;
}

/** What somebody should look at first decides the sign of the whole. */
const FIRST: readonly Sign[] = [
  'refused',
  'sent-back',
  'rejected',
  'unsure',
  'waiting',
  'pending',
  'in-review',
  'approved',
  'cancelled',
];

/** Sums up the newest record of each opportunity of a batch. */
export function batchProgress(
  records: readonly Reviewed[],
  bot: Omit<Circumstances, 'waitingBefore'>,
): BatchProgress {
  const submissions = records.map((record) =>
    isFurtherTry(record) ? { ...record, state: 'requested' as const } : record,
  );
  const explained = submissions.map((submission) => ({
    opportunityId: submission.opportunityId,
    ...explain(submission, { ...bot, waitingBefore: 0 }),
  }));
  const grouped = Map.groupBy(explained, ({ sign, headline }) => `${sign} ${headline}`);
  const lines = [...grouped.values()].flatMap((group): BatchLine[] => {
    const [one] = group;
    if (one === undefined) return [];
    const { sign, headline } = one;
    return [{ sign, headline, opportunityIds: group.map(({ opportunityId }) => opportunityId) }];
  });
  return {
    lines: lines.sort((one, other) => FIRST.indexOf(one.sign) - FIRST.indexOf(other.sign)),
    counts: new Map(
      [...Map.groupBy(explained, ({ sign }) => sign)].map(([sign, group]) => [sign, group.length]),
    ),
    waiting: submissions.filter(({ state }) => state === 'requested').length,
  };
}

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
export interface RowPlan<Involvement extends InvolvementType | undefined = InvolvementType | undefined> {
  readonly form: Form;
  readonly involvementType: Involvement | InvolvementType;
  /** What keeps AWS from taking it, as far as readiness knows. */
  readonly blocks: readonly Finding[];
  readonly isWanted: boolean;
  readonly goes: boolean;
}

/** What becomes of each form: what AWS will probably refuse goes only where somebody says so of it. */
export const plansOf = <Involvement extends InvolvementType | undefined>(
  forms: readonly Form[],
  {
    involvementType,
    visibility,
    rows,
  }: { readonly involvementType: Involvement } & Pick<BatchChosen, 'visibility' | 'rows'>,
): readonly RowPlan<Involvement>[] =>
  forms.map((form): RowPlan<Involvement> => {
    const row = rows.get(form.opportunityId ?? '');
    const own: Involvement | InvolvementType = row?.involvementType ?? involvementType;
    const findings =
      form.readiness === undefined ? [] : findingsFor(form.readiness, { involvementType: own, visibility });
    const blocks = findings.filter(({ weight }) => weight === 'block');
    const isWanted = row?.isWanted === true;
    const goes = isWanted && (blocks.length === 0 || row.anyway);
    return { form, involvementType: own, blocks, isWanted, goes };
  });

/** What goes, by its places in the form: a name for it that a view can carry. */
export const goingOf = (plans: readonly RowPlan[]): string =>
  plans.flatMap(({ goes }, index) => (goes ? [index] : [])).join('-');
