import { expect } from 'vitest';
import type { OpportunityChoices } from '../../../demo/partner-central/opportunities.ts';
import type { OpenView, StandInMessage } from '../../../demo/slack/stand-in.ts';
import { awsError, onSubmit } from '../aws-faults.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, deals, type Where, type Workspace } from '../workspace.ts';

export const PROBLEM = 'Project.CustomerBusinessProblem';
export const CLOSE_DATE = 'LifeCycle.TargetCloseDate';
export const NEW_PROBLEM = 'Forty harbours report on paper; the reports come weeks too late.';

/** A deal that AWS has sent back and nobody submitted with this bot. */
export const sentBack = ({ deal }: Workspace, choices: Partial<OpportunityChoices> = {}) =>
  deal({ id: 'O1001', reviewStatus: 'Action Required', reviewComments: 'Please say more.', ...choices });

/** The person's form for changing it, by way of the command. */
export async function openFix(workspace: Workspace, where: Where = {}): Promise<OpenView> {
  const { look, slack, modal } = workspace;
  await look('O1001', where);
  await slack.clickViewButton({ user: where.user ?? ana, actionId: 'fix_here' });
  return modal('AWS asks for changes', where);
}

/** What AWS has at a path now. */
export function atAws({ aws }: Workspace, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (value instanceof Object ? Reflect.get(value, name) : undefined),
      aws.opportunity('AWS', 'O1001')?.opportunity,
    );
}

/** Somebody changes it in Partner Central. */
export function changeElsewhere({ aws, clock }: Workspace, section: string, fields: object): void {
  const stored = aws.opportunity('AWS', 'O1001');
  if (stored === undefined) throw new Error('There is no such deal.');
  const before: unknown = stored.opportunity[section];
  aws.seed({
    ...stored,
    opportunity: {
      ...stored.opportunity,
      [section]: { ...Object(before), ...fields },
      LastModifiedDate: new Date(clock.now().getTime() + 1).toISOString(),
    },
  });
}

/** What was posted into a thread of the channel and reads so, now or later. */
export const inThread = ({ slack }: Workspace, words: string): Promise<StandInMessage> =>
  slack.waitForMessage(deals, (message) => message.threadTs !== undefined && reads(message).includes(words));

/** The fields of the deal that a form offers, from the top, by AWS's path. */
export const fieldsIn = ({ view }: OpenView): readonly string[] =>
  view.blocks.flatMap(({ type, block_id = '' }) =>
    type === 'input' && /^[A-Z]/.test(block_id) ? [block_id] : [],
  );

/** AWS refuses a submission for these fields, in its own spelling, though our rules think them fine. */
export const refuses = ({ aws }: Workspace, ...fields: readonly string[]) =>
  aws.injectFault({
    ...onSubmit(
      awsError('ValidationException', {
        body: {
          Reason: 'BUSINESS_VALIDATION_FAILED',
          ErrorList: fields.map((FieldName) => ({ FieldName, Message: 'no', Code: 'INVALID_VALUE' })),
        },
      }),
    ),
    times: 1,
  });

/** Submitted, and refused for these fields: the form that the message's one button opens. */
export async function refused(workspace: Workspace, ...fields: readonly string[]) {
  const { submit, message, press, slack, modal } = workspace;
  refuses(workspace, ...fields);
  await submit('O1001', { involvement: 'For Visibility Only', visibility: 'Limited' });
  const told = await message('AWS needs something changed first: O1001');
  expect(buttons(told)).toEqual(['Fix']);
  await slack.closeView(ana);
  await press(told, 'fix_opportunity');
  return modal('AWS refused this');
}
