import type { ActionsBlock, HomeView, KnownBlock, SectionBlock } from '@slack/types';
import { catalogName } from '../../aws/terms.ts';
import type { PartName } from '../../opportunities/opportunity.ts';
import type { Candidate, DealSummary, Spend } from '../../opportunities/pick-list.ts';
import { button, context, header, section } from '../../slack/blocks/elements.ts';
import { buttonFor } from '../../slack/blocks/next-steps.ts';
import { refusalText } from '../../slack/blocks/saying.ts';
import { type DealPage, linkedId } from '../../slack/deal-page.ts';
import { permissionUnknown } from '../../slack/forms/words.ts';
import { ACTION, CALLBACK } from '../../slack/ids.ts';
import { day, foreign, mention, moment, money } from '../../slack/text.ts';
import { forOpportunity } from '../../slack/words.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { HomePartName } from '../home-tabs.ts';
import type { HomeShown, HomeTab, Paged, PartShown, RowShown } from './home.ts';
import * as words from './home-words.ts';

const CUSTOMER_LENGTH = 80;
const LINE_LENGTH = 150;
const AMOUNT_LENGTH = 100;
/** Amounts in several currencies, or by the month and by the year. */
const SPENDS_SHOWN = 3;
const HOUR_MS = 60 * 60 * 1000;

/** The home tab, for one person's eyes: what they may see of the deals, or why they see none. */
export function homeView(tab: HomeTab, dealPage: DealPage): HomeView {
  switch (tab.type) {
    case 'home':
      return view([
        switchBlock(tab),
        context(words.asOf(moment(tab.at), catalogName(tab.catalog)), ...dealsNote(tab)),
        ...partBlocks('needs', tab, dealPage),
        ...partBlocks('waiting', tab, dealPage),
        ...readyBlocks(tab, dealPage),
        ...partBlocks('decided', tab, dealPage),
      ]);
    case 'not-permitted':
      return view([section(refusalText(tab.why))]);
    case 'permission-unknown':
      return view([section(permissionUnknown), refreshBlock()]);
    case 'resting':
      return view([section(words.resting), refreshBlock()]);
    case 'unavailable':
      return view([section(words.unavailable), refreshBlock()]);
  }
}

const view = (blocks: readonly KnownBlock[]): HomeView => ({
  type: 'home',
  callback_id: CALLBACK.home,
  blocks: [header(words.title), ...blocks],
});

const refreshButton = () =>
  button({ text: words.refresh, label: words.refresh, actionId: ACTION.homeRefresh, value: 'refresh' });
const refreshBlock = (): ActionsBlock => ({ type: 'actions', elements: [refreshButton()] });

function switchBlock({ whose }: HomeShown): ActionsBlock {
  const choice = (name: string, value: HomeShown['whose'], actionId: string) =>
    button({
      text: whose === value ? words.chosen(name) : name,
      label: whose === value ? words.chosenLabel(name) : words.showLabel(name),
      actionId,
      value,
      ...(whose === value ? { style: 'primary' as const } : {}),
    });
  return {
    type: 'actions',
    elements: [
      choice(words.mine, 'mine', ACTION.homeMine),
      choice(words.team, 'team', ACTION.homeTeam),
      refreshButton(),
    ],
  };
}

const dealsNote = ({ deals }: HomeShown): string[] => {
  switch (deals) {
    case 'read':
      return [];
    case 'reading':
      return [words.dealsReading];
    case 'unreadable':
      return [words.dealsUnreadable];
  }
};

function partBlocks(name: PartName, tab: HomeShown, dealPage: DealPage): KnownBlock[] {
  const part: PartShown = tab.parts[name];
  const title = {
    needs: tab.whose === 'mine' ? words.needsYou : words.needsSomebody,
    waiting: words.waiting,
    decided: words.decided,
  }[name];
  const counted = part.rows.filter(({ deal }) => (deal?.expectedSpend.length ?? 0) > 0).length;
  return [
    { type: 'divider' },
    header(words.withCount(title, count(part.total))),
    // Of one row it would only repeat what stands in it.
    ...(part.spend.length === 0 || counted < 2
      ? []
      : [context(words.spendShown(count(counted), count(part.rows.length), spendText(part.spend)))]),
    ...(part.total === 0
      ? [context(words.nothing[name])]
      : part.rows.map((row, index) => ({
          ...rowBlock(name, row, tab, dealPage),
          block_id: `${name} ${index}`,
        }))),
    ...paging(name, title, part),
  ];
}

function rowBlock(
  part: PartName,
  { entry, headline, step, deal }: RowShown,
  { at, whose }: HomeShown,
  dealPage: DealPage,
): SectionBlock {
  const { opportunityId, userId } = entry;
  const details = [
    ...(deal === undefined ? [] : spendOf(deal)),
    ...(whose === 'team' && userId !== undefined ? [words.by(mention(userId))] : []),
    ...(entry.state === 'elsewhere' ? [words.elsewhere] : []),
  ];
  const since = sinceWhen(part, entry);
  const duration = since === undefined ? undefined : howLong(at.getTime() - since.getTime());
  const lines = [
    nameOf(opportunityId, deal, dealPage),
    [
      foreign(headline, LINE_LENGTH),
      ...(duration === undefined
        ? []
        : [part === 'waiting' ? words.forSoLong(duration) : words.ago(duration)]),
    ].join(' · '),
    ...(details.length === 0 ? [] : [details.join(' · ')]),
  ];
  return {
    ...section(lines.join('\n')),
    accessory: buttonFor(step, entry),
  };
}

/** Undefined: AWS's lists don't say, and it was so before this bot looked. */
function sinceWhen(part: PartName, entry: Entry): Date | undefined {
  if (entry.state === 'elsewhere') return entry.reviewChangedAt;
  return part === 'waiting' ? entry.requestedAt : (entry.reviewChangedAt ?? entry.changedAt);
}

function readyBlocks({ ready, usualChannel }: HomeShown, dealPage: DealPage): KnownBlock[] {
  if (ready.type === 'unavailable') {
    return [{ type: 'divider' }, header(words.ready), context(words.readyUnavailable[ready.why])];
  }
  const { rows, total, spend, counted, reach, readAt } = ready;
  const worth = spend.length === 0 ? [] : [spendText(spend)];
  const notes = [
    ...worth.map((text) =>
      reach === 'all' && counted === total
        ? words.spendOfAll(count(total), text)
        : words.spendOfSome(count(counted), count(total), text),
    ),
    ...(reach === 'bounded' ? [words.readyBounded(count(total))] : []),
    ...(reach === 'so-far' ? [words.readySoFar(count(total))] : []),
    [words.readyForAll, ...(readAt === undefined ? [] : [words.readyAsOf(moment(readAt))])].join(' '),
  ];
  return [
    { type: 'divider' },
    header(words.withCount(words.ready, count(total))),
    context(...notes),
    ...(total === 0
      ? [context(words.nothing.ready)]
      : rows.map((candidate) => candidateBlock(candidate, usualChannel, dealPage))),
    ...paging('ready', words.ready, ready),
  ];
}

function candidateBlock(
  { id, deal, stage, targetCloseDate }: Candidate,
  usualChannel: string | undefined,
  dealPage: DealPage,
): SectionBlock {
  const facts = [
    ...(stage === undefined ? [] : [foreign(stage, LINE_LENGTH)]),
    ...(targetCloseDate === undefined ? [] : [words.closes(foreign(day(targetCloseDate), LINE_LENGTH))]),
    ...spendOf(deal),
  ];
  return {
    ...section([nameOf(id, deal, dealPage), ...(facts.length === 0 ? [] : [facts.join(' · ')])].join('\n')),
    block_id: `ready ${id}`,
    accessory: button({
      text: words.submit,
      label: forOpportunity(words.submit, id),
      actionId: ACTION.homeSubmit,
      // A direct message is no channel to offer.
      value: /^[CG]/.test(usualChannel ?? '') ? `${id} ${usualChannel}` : id,
    }),
  };
}

/** The customer where they may be named, and always the ID. */
function nameOf(opportunityId: string, deal: DealSummary | undefined, dealPage: DealPage): string {
  const customer = foreign(deal?.companyName ?? '', CUSTOMER_LENGTH).replaceAll('\n', ' ');
  const id = linkedId(opportunityId, dealPage);
  return customer === '' ? `*${id}*` : `*${customer}* · ${id}`;
}

const spendOf = ({ expectedSpend }: DealSummary): string[] =>
  expectedSpend.length === 0 ? [] : [spendText(expectedSpend)];

function spendText(spends: readonly Spend[]): string {
  const texts = spends
    .slice(0, SPENDS_SHOWN)
    .map(({ amount, currency, frequency }) =>
      foreign(
        [money(amount, currency), ...(frequency === undefined ? [] : [frequency.toLowerCase()])].join(' '),
        AMOUNT_LENGTH,
      ),
    );
  const more = spends.length > SPENDS_SHOWN ? [words.andMoreSpend(spends.length - SPENDS_SHOWN)] : [];
  return [...texts, ...more].join(', ');
}

function howLong(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return words.lessThanAnHour;
  return hours < 48 ? words.hours(hours) : words.days(Math.floor(hours / 24));
}

/** Turns to the pages before and after, where there are any. */
function paging(part: HomePartName, title: string, { page, pages }: Paged<unknown>): KnownBlock[] {
  if (pages <= 1) return [];
  const turn = (text: string, to: number, actionId: string) =>
    to < 0 || to >= pages
      ? []
      : [button({ text, label: words.turnLabel(text, title), actionId, value: `${part} ${to}` })];
  return [
    context(words.page(count(page + 1), count(pages))),
    {
      type: 'actions',
      block_id: `${part} pages`,
      elements: [
        ...turn(words.previous, page - 1, ACTION.homePrevious),
        ...turn(words.next, page + 1, ACTION.homeNext),
      ],
    },
  ];
}

const count = (number: number): string => new Intl.NumberFormat('en-US').format(number);
