import { isDeepStrictEqual } from 'node:util';
import { claim, differs, holds } from '../claim.ts';
import { LAUNCHABLE } from '../deal.ts';
import { taken } from '../judge.ts';
import { imports } from '../known.ts';
import { must, objectAt } from '../stage.ts';

export const launchedDeliveryModel = claim({
  id: 'launched-delivery-model',
  claims: 'The delivery models of a launched deal can be edited.',
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: imports('for ISV partners'),
  deals: { deal: { ...LAUNCHABLE } },
  async steps({ deal }) {
    await deal.reach('Approved');
    must(await deal.edit({ 'LifeCycle.Stage': 'Launched' }), 'a deal to be launched');
    const answered = await deal.edit({ 'Project.DeliveryModels': ['Managed Services'] });
    if (!answered.ok) return taken(answered);
    const { DeliveryModels: now } = objectAt(await deal.read(), 'Project');
    return isDeepStrictEqual(now, ['Managed Services'])
      ? holds('changed')
      : differs('taken; the old ones stay');
  },
});
