import { claim, differs, holds } from '../claim.ts';
import { LAUNCHABLE } from '../deal.ts';
import { said } from '../judge.ts';
import { imports } from '../known.ts';
import { must, textAt } from '../stage.ts';

export const launchedTitle = claim({
  id: 'launched-title',
  claims: "An edit of a launched deal's title is taken, and does nothing.",
  reliedOn: ['src/edits/fix.ts: what was saved is read again'],
  known: imports(),
  deals: { deal: { ...LAUNCHABLE } },
  async steps({ deal }) {
    await deal.reach('Approved');
    must(await deal.edit({ 'LifeCycle.Stage': 'Launched' }), 'a deal to be launched');
    const before = textAt(await deal.read(), 'Project.Title');
    const answered = await deal.edit({ 'Project.Title': `${before}, renamed` });
    if (!answered.ok) return differs(said(answered));
    return textAt(await deal.read(), 'Project.Title') === before
      ? holds('taken; the old one stays')
      : differs('changed');
  },
});
