import { claim, differs, holds } from '../claim.ts';
import { contradictory } from '../known.ts';
import { must, textAt } from '../stage.ts';

const TEXT = 'A rehearsal of R&D and M&A: there is nothing here to be worked on.';

export const updateWithAmpersand = claim({
  id: 'update-with-ampersand',
  claims: 'Text with an ampersand is kept as it was sent, and so when it is sent back as it was read.',
  reliedOn: [
    'src/aws/update-request.ts: what was read goes back byte for byte',
    'src/aws/values.ts: what is shown is decoded',
  ],
  known: contradictory("AWS's sample application decodes each text before it sends it back"),
  deals: { deal: { 'Project.CustomerBusinessProblem': TEXT } },
  async steps({ deal }) {
    const path = 'Project.CustomerBusinessProblem';
    const first = textAt(await deal.read(), path);
    must(await deal.edit({ 'LifeCycle.NextSteps': 'None yet: a rehearsal' }), 'an update');
    const second = textAt(await deal.read(), path);
    if (second !== first) return differs('encoded once more by being sent back');
    return first === TEXT ? holds('as sent') : differs('encoded when it was made, and then kept');
  },
});
