import type { Clock } from '../clock.ts';
import type { ChangeNews } from '../submissions/changes/change-news.ts';
import { explainChange } from '../submissions/changes/explain-change.ts';
import type { Told } from '../submissions/telling/teller.ts';
import type { Telling } from '../submissions/telling/tellings.ts';
import { changeMessage, sentBackMessage } from './blocks/change-outcome.ts';
import type { DealPage } from './deal-page.ts';
import { later, type Posting, told } from './posting.ts';
import { RESPONSE_URL_MS, RESPONSE_URL_USES, respondAt } from './response-url.ts';
import { threadOf } from './thread.ts';

/** What came of a change of a deal, to whoever saved it; and, in the submission's thread, that it went back to AWS. */
export function createTellChange({
  posting,
  clock,
  paused,
  dealPage,
}: {
  readonly posting: Posting;
  readonly clock: Clock;
  readonly paused: boolean;
  readonly dealPage: DealPage;
}) {
  /** For one person's eyes: where the form was opened while Slack takes an answer there, else in their DM. */
  const tellPerson = async (
    { change }: Extract<ChangeNews, { type: 'change' }>,
    { place, responseUrlUses }: Telling,
  ): Promise<Told> => {
    const { responseUrl, userId } = change;
    const message = changeMessage(change, explainChange(change, { paused }), dealPage);
    if (place?.via === 'dm') {
      const edited = await posting.edit(place.channelId, place.ts, message);
      if (edited.type === 'done') return told('dm', edited, responseUrlUses);
      if (edited.type === 'later') return later(edited, responseUrlUses);
    }
    const age = clock.now().getTime() - change.requestedAt.getTime();
    if (responseUrl !== undefined && age < RESPONSE_URL_MS && responseUrlUses < RESPONSE_URL_USES) {
      const response = { response_type: 'ephemeral', replace_original: false, ...message } as const;
      if (await respondAt(responseUrl, response)) {
        return { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 };
      }
    }
    const direct = await posting.post(userId, message);
    return direct.type === 'done' ? told('dm', direct, responseUrlUses) : later(direct, responseUrlUses);
  };

  const tellThread = async (
    { change, submission, message: at, batch }: Extract<ChangeNews, { type: 'sent-back' }>,
    { responseUrlUses }: Telling,
  ): Promise<Told> => {
    const thread = threadOf(submission, batch, at);
    const posted = await posting.post(at.channelId, sentBackMessage(change, submission), thread);
    if (posted.type === 'later') return later(posted, responseUrlUses);
    // Where there is no thread any more nobody waits for it, and whoever saved it is told in any case.
    const ts = posted.type === 'done' ? posted.ts : at.ts;
    return { type: 'told', place: { via: at.via, channelId: at.channelId, ts }, responseUrlUses };
  };

  return (news: ChangeNews, telling: Telling): Promise<Told> =>
    news.type === 'change' ? tellPerson(news, telling) : tellThread(news, telling);
}
