import { refusedProblem } from '../../attempts/sendable.ts';
import type { ConnectionCode, RefusedError, Result } from '../../aws/errors.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { INVOLVEMENTS, VISIBILITIES } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { untilWritten } from '../../clock.ts';
import type { Choices } from '../../forms/form.ts';
import type { SubmissionTransition } from '../store.ts';
import type { Problem, Submission } from '../submission.ts';

type RecordBot = Pick<Bot, 'store' | 'clock' | 'owner'>;
/** A step of the bot's own, now. */
type Step = Omit<SubmissionTransition, 'at' | 'actor'>;

/** Moves a claimed submission on. */
export const move = ({ store, clock, owner }: RecordBot, claimed: Submission, step: Step) =>
  store.transition(claimed, owner, { at: clock.now(), actor: 'bot', ...step });

/**
 * Writes down what AWS answered to the one call: it is kept whatever became of the lease meanwhile. People are told beside
 * whatever comes next.
 */
export async function conclude(
  { store, clock, owner, wake }: RecordBot & Pick<Bot, 'wake'>,
  sending: Submission,
  step: Step,
): Promise<void> {
  await untilWritten(clock, () => store.answer(sending, owner, { at: clock.now(), actor: 'bot', ...step }));
  wake();
}

/** Gives a claimed submission back until `dueAt`; undefined: for good. */
export const wait = (
  { store, clock, owner }: RecordBot,
  claimed: Submission,
  problem: Problem | undefined,
  dueAt: Date | undefined,
) => store.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries: claimed.tries + 1 });

/** AWS refused it, and would again. */
export const refusal = (error: RefusedError): Step => ({
  to: 'refused',
  why: error.code,
  problem: refusedProblem(error),
  requestId: error.requestId,
});

/**
 * Reads a submission's opportunity to conclude from it whether AWS has it. AWS answers a `LifeCycle` always
 * (*recorded*), with a status or without: an answer that has none is no answer of AWS's, and is asked for again.
 */
export async function readDeal(
  { aws }: Pick<Bot, 'aws'>,
  { catalog, opportunityId }: Pick<Submission, 'catalog' | 'opportunityId'>,
): Promise<Result<Opportunity>> {
  const read = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
  if (!read.ok || read.value.LifeCycle !== undefined) return read;
  const code = 'UnreadableAnswer' satisfies ConnectionCode;
  return {
    ok: false,
    error: { kind: 'unknown', code, message: 'No LifeCycle.', requestId: read.requestId },
  };
}

/**
 * The choices AWS shows of a deal that it has: those that could be read, and that this bot knows. Equal to ours or not,
 * they credit nobody.
 */
export async function choicesAtAws(
  { aws }: Pick<Bot, 'aws'>,
  { catalog, opportunityId }: Pick<Submission, 'catalog' | 'opportunityId'>,
): Promise<Partial<Choices>> {
  const summary = await aws.getAwsOpportunitySummary({
    Catalog: catalog,
    RelatedOpportunityIdentifier: opportunityId,
  });
  if (!summary.ok) return {};
  const involvementType = INVOLVEMENTS.find((each) => each === summary.value.InvolvementType);
  const visibility = VISIBILITIES.find((each) => each === summary.value.Visibility);
  return {
    ...(involvementType === undefined ? {} : { involvementType }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}
