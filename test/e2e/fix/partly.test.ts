import { expect, test } from 'vitest';
import { HOUR } from '../passing-time.ts';
import { reads } from '../words-on-screen.ts';
import { ana, overSocketMode, type Workspace } from '../workspace.ts';
import { atAws, CLOSE_DATE } from './changing.ts';

const SOLUTIONS = 'RelatedEntityIdentifiers.Solutions';
const CLOSES = '2031-02-28';
const ONLY_FIELDS = 'Saved, but the solution was not associated';

overSocketMode('fields that AWS has saved, and a solution that does not follow', (open) => {
  /** The form for a deal that lacks both, filled in. */
  const openWithSolution = async (): Promise<Workspace> => {
    const workspace = await open();
    const { deal, look, slack, modal } = workspace;
    deal({ id: 'O1001', fields: { [SOLUTIONS]: [], [CLOSE_DATE]: '2020-01-31' } });
    await look('O1001');
    await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
    await modal('What AWS will ask for');
    await slack.optionsFor(ana, SOLUTIONS, 'lake');
    await slack.fillIn(ana, { [CLOSE_DATE]: CLOSES, [SOLUTIONS]: 'S-0051246' });
    return workspace;
  };

  test('the answer about the fields is lost and the solution refused: the fields are not called unsaved', async () => {
    const workspace = await openWithSolution();
    const { choose, aws, message, later } = workspace;
    aws.injectFault({ operation: 'UpdateOpportunity', times: 1, kind: { type: 'reset', execute: true } });
    aws.injectFault({
      operation: 'AssociateOpportunity',
      kind: { type: 'error', name: 'ValidationException', body: { Reason: 'BUSINESS_VALIDATION_FAILED' } },
    });
    await choose();
    await later(2000);
    expect(reads(await message(`${ONLY_FIELDS}: O1001`))).toContain('AWS has saved the fields.');
    expect(atAws(workspace, CLOSE_DATE)).toBe(CLOSES);
  });

  test('throttled, then for a whole day: what waits, and what is dropped, is the solution alone', async () => {
    const { slack, choose, aws, message, later } = await openWithSolution();
    aws.injectFault({ operation: 'AssociateOpportunity', kind: { type: 'throttle' } });
    await choose();
    expect(reads(await message('Your changes wait for AWS: O1001'))).toContain(
      'AWS has saved the fields; the solution is still to come.',
    );
    await later(25 * HOUR);
    const dropped = await message(`${ONLY_FIELDS}: O1001`, { channel: slack.directMessage(ana).id });
    expect(reads(dropped)).toContain("The solution couldn't be sent for a day and was dropped.");
  });

  test('it is submitted before the solution follows: nothing may be changed now, and the fields are saved', async () => {
    const { choose, aws, message, later } = await openWithSolution();
    aws.injectFault({ operation: 'AssociateOpportunity', times: 1, kind: { type: 'throttle' } });
    await choose();
    await message('Your changes wait for AWS: O1001');
    aws.review('AWS', 'O1001', 'Submitted');
    await later(61_000);
    expect(reads(await message(`${ONLY_FIELDS}: O1001`))).toContain("AWS's review says: Submitted.");
  });

  test('who may not change deals any more when the solution is due hears that the fields are saved', async () => {
    const { slack, choose, aws, message, later } = await openWithSolution();
    aws.injectFault({ operation: 'AssociateOpportunity', times: 1, kind: { type: 'throttle' } });
    await choose();
    await message('Your changes wait for AWS: O1001');
    slack.addUser({ id: ana, name: 'ana', realName: 'Ana', kind: 'guest' });
    await later(61_000);
    expect(reads(await message(`${ONLY_FIELDS}: O1001`))).toContain('AWS has saved the fields');
  });
});
