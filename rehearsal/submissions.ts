import { type Evidence, RULES, type RuleName } from '../src/aws/evidence.ts';
import type { InvolvementType } from '../src/aws/terms.ts';
import { type Claim, claim, holds, type Told, untold, type Verdict } from './claim.ts';
import type { Variation } from './deal.ts';
import { refused, said, taken } from './judge.ts';
import type { Answered } from './stage.ts';

const READINESS = 'src/opportunities/readiness.ts: what the form says AWS asks for before a submission';

/** A claim about what a submission is answered for a deal that differs from the others in one thing. */
interface OnSubmission {
  readonly id: string;
  readonly claims: string;
  readonly variation: Variation;
  readonly involvement?: InvolvementType;
  /** The rule that follows from it. Undefined: none does. */
  readonly rule?: RuleName;
  readonly known?: Evidence;
  readonly reliedOn?: readonly string[];
}

/** AWS refuses such a deal, for this field. */
export const refusedSubmission = (asked: OnSubmission & { readonly field: string }): Claim<'deal'> =>
  onSubmission(asked, 'the claim', (answered) => refused(answered, asked.field), stillDraft);

/** AWS takes such a deal. */
export const takenSubmission = (asked: OnSubmission): Claim<'deal'> =>
  onSubmission(asked, 'its opposite', taken, submitted);

function onSubmission(
  asked: OnSubmission,
  holdsWith: Told['holdsWith'],
  judge: (answered: Answered) => Verdict,
  then: (status: string, answered: Answered) => Verdict,
): Claim<'deal'> {
  const { id, claims, variation, involvement = 'Co-Sell', rule, known, reliedOn = [READINESS] } = asked;
  const evidence = known ?? (rule === undefined ? undefined : RULES[rule]);
  if (evidence === undefined) throw new Error(`${id} says nothing of what is known.`);
  return claim({
    id,
    claims,
    reliedOn,
    known: evidence,
    ...(rule !== undefined && { tells: { evidence: `rule ${rule}`, holdsWith } }),
    deals: { deal: variation },
    async steps({ deal }) {
      const answered = await deal.submit({ involvement });
      const verdict = judge(answered);
      return verdict.outcome === 'holds' ? then(await deal.status(), answered) : verdict;
    },
  });
}

const stillDraft = (status: string, answered: Answered): Verdict =>
  status === 'Pending Submission'
    ? holds(said(answered))
    : untold('refused, and yet it is no draft any more');

const submitted = (status: string): Verdict =>
  ['Submitted', 'In review', 'Approved'].includes(status)
    ? holds('taken, and submitted')
    : untold('taken, and yet it is not shown as submitted');
