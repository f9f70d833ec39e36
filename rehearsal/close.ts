import { type Deal, must, NotTold, textAt } from './stage.ts';

/** How a deal ends: lost at AWS; as a draft, which nothing in the API deletes; or as AWS leaves it. */
export type End = 'closed' | 'stays a draft' | 'left as it is';

/**
 * Closes a deal as far as AWS allows: a submitted one is approved first, as Sandbox lets a review be played. `draftsStay`:
 * AWS has refused to close a draft already, and the others aren't tried.
 *
 * @throws NotTold where AWS's answer says nothing; NotOurs
 */
export async function close(deal: Deal, draftsStay: boolean): Promise<End> {
  const read = await deal.read();
  const stage = textAt(read, 'LifeCycle.Stage');
  if (stage === 'Closed Lost') return 'closed';
  if (stage === 'Launched') return 'left as it is';
  switch (textAt(read, 'LifeCycle.ReviewStatus')) {
    case 'Approved':
      return (await lose(deal)) ? 'closed' : 'left as it is';
    case 'Submitted':
    case 'In review':
    case 'Action Required':
      must(await deal.edit({ 'LifeCycle.ReviewStatus': 'Approved' }), 'a review to be played');
      if ((await deal.status()) !== 'Approved')
        throw new NotTold('Sandbox took a played review without showing it.');
      return (await lose(deal)) ? 'closed' : 'left as it is';
    case 'Rejected':
      return 'left as it is';
    default:
      if (draftsStay) return 'stays a draft';
      return (await lose(deal)) ? 'closed' : 'stays a draft';
  }
}

/** Whether AWS took it. */
async function lose(deal: Deal): Promise<boolean> {
  const answered = await deal.edit({
    'LifeCycle.Stage': 'Closed Lost',
    'LifeCycle.ClosedLostReason': 'No Opportunity',
  });
  return answered.ok;
}
