import type { ActionsBlock } from '@slack/types';
import type { History, HistoryEvent } from '../../submissions/history.ts';
import { button, context, type Message, notAllowedMessage, saying, section } from '../blocks/elements.ts';
import { actions } from '../blocks/outcome.ts';
import { ACTION } from '../ids.ts';
import {
  type DealPage,
  dealName,
  foreign,
  forOpportunity,
  mention,
  moment,
  requestId,
  unknownSubmission,
} from '../text.ts';

const WHAT_LENGTH = 350;
const title = (id: string): string => `History of ${id}`;

/** The answer to *History*, for one person: a record's audit trail. */
export function historyMessage(history: History, dealPage: DealPage): Message {
  switch (history.type) {
    case 'unknown-submission':
      return saying(unknownSubmission);
    case 'history': {
      const { entry, customer, events, offset, total } = history;
      const text = title(entry.opportunityId);
      const part = events.length < total ? [`${offset + 1} to ${offset + events.length} of ${total}`] : [];
      return {
        text,
        blocks: [
          section(title(dealName(entry.opportunityId, customer, dealPage))),
          ...events.map((event) => section(lineOf(event))),
          context(['Oldest first, in your time zone.', ...part].join(' ')),
          ...paging(history),
        ],
      };
    }
    default:
      return notAllowedMessage(history);
  }
}

function lineOf({ at, actor, what, requestId: id }: HistoryEvent): string {
  return [
    `${moment(at)} · ${person(actor)}`,
    foreign(what, WHAT_LENGTH),
    ...(id === undefined ? [] : [requestId(foreign(id, 100))]),
  ].join('\n');
}

function person(actor: string): string {
  if (actor === 'bot') return 'the bot';
  return actor === 'aws' ? 'AWS' : mention(actor);
}

function paging({
  entry: { id, opportunityId },
  earlier,
  later,
}: Extract<History, { type: 'history' }>): ActionsBlock[] {
  const to = (text: string, actionId: string, offset: number | undefined) =>
    offset === undefined
      ? []
      : [button({ text, actionId, label: forOpportunity(text, opportunityId), value: `${id} ${offset}` })];
  const elements = [
    ...to('Earlier', ACTION.historyEarlier, earlier),
    ...to('Later', ACTION.historyLater, later),
  ];
  return elements.length === 0 ? [] : [actions(elements)];
}
