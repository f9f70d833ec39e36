import type { Clock } from '../clock.ts';
import { explainEdit } from '../edits/explain.ts';
import { editOutcome, sentBackMessage } from '../slack/answers/edit-outcome.ts';
import type { DealPage } from '../slack/deal-page.ts';
import { isForLater, type Posting, settled } from '../slack/posting.ts';
import { RESPONSE_URL_MS, RESPONSE_URL_USES, type Responses } from '../slack/response-url.ts';
import { threadOf } from './destination.ts';
import type { EditNews } from './edit-news.ts';
import { shownBy } from './shown.ts';
import type { Told, Unchanged } from './teller.ts';
import type { Telling } from './tellings.ts';

/** What came of an edit of a deal, to whoever saved it; and, in the submission's thread, that it went back to AWS. */
export function createTellEdit({
  posting,
  responses,
  clock,
  paused,
  dealPage,
}: {
  readonly posting: Posting;
  readonly responses: Responses;
  readonly clock: Clock;
  readonly paused: boolean;
  readonly dealPage: DealPage;
}) {
  /** For one person's eyes: where the form was opened while Slack takes an answer there, else in their DM. */
  const tellPerson = async (
    { edit }: Extract<EditNews, { type: 'edit' }>,
    telling: Telling,
  ): Promise<Told | Unchanged> => {
    const { place, responseUrlUses } = telling;
    const { responseUrl, userId } = edit;
    const explanation = explainEdit(edit, { paused });
    const shown = shownBy(editOutcome({ ...edit, requestId: undefined }, explanation, dealPage));
    if (place !== undefined && telling.shown === shown) return { type: 'unchanged' };
    const message = editOutcome(edit, explanation, dealPage);
    const told = (outcome: Told): Told => (outcome.type === 'told' ? { ...outcome, shown } : outcome);
    if (place?.via === 'dm') {
      const edited = await posting.edit(place, message);
      if (edited.type === 'done' || isForLater(edited, telling)) return told(settled('dm', edited, telling));
    }
    const age = clock.now().getTime() - edit.requestedAt.getTime();
    if (responseUrl !== undefined && age < RESPONSE_URL_MS && responseUrlUses < RESPONSE_URL_USES) {
      if (await responses.toOne(responseUrl, message)) {
        return { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1, shown };
      }
    }
    return told(settled('dm', await posting.post(userId, message), telling));
  };

  const tellThread = async (
    { edit, submission, message: at }: Extract<EditNews, { type: 'sent-back' }>,
    telling: Telling,
  ): Promise<Told> => {
    const message = () => sentBackMessage(edit, submission);
    const posted = await posting.reply(at.channelId, message, threadOf(at));
    if (posted.type === 'done' || isForLater(posted, telling)) return settled(at.via, posted, telling);
    // Where the channel takes nothing any more nobody waits for it, and whoever saved it is told in any case.
    return { type: 'told', place: at, responseUrlUses: telling.responseUrlUses };
  };

  return (news: EditNews, telling: Telling): Promise<Told | Unchanged> =>
    news.type === 'edit' ? tellPerson(news, telling) : tellThread(news, telling);
}
