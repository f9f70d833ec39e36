import type { ActionsBlock, HomeView, KnownBlock } from '@slack/types';
import { catalogName } from '../../aws/terms.ts';
import {
  button,
  context,
  header,
  permissionUnknown,
  refusalText,
  section,
} from '../../slack/blocks/elements.ts';
import { ACTION, CALLBACK } from '../../slack/ids.ts';
import type { DealPage } from '../../slack/text.ts';
import { foreign, mention, moment } from '../../slack/text.ts';
import { HOME_PARTS, type HomePartName } from './board.ts';
import type { HomeShown, HomeTab, PartShown } from './load.ts';
import { rowBlock, spendText } from './rows.ts';
import * as words from './words.ts';

/** Signs of the longest bar. */
const BAR_LENGTH = 12;
const WORD_LENGTH = 100;

/** The home tab, for one person's eyes: what they may see of the deals, or why they see none. */
export function homeView(tab: HomeTab, dealPage: DealPage): HomeView {
  switch (tab.type) {
    case 'home':
      return view([
        switchBlock(tab),
        ...pipeline(tab),
        context(...notesOf(tab)),
        ...HOME_PARTS.flatMap((name) => partBlocks(name, tab, dealPage)),
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

function switchBlock({ whose, filter }: HomeShown): ActionsBlock {
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
      button({ text: words.filter, label: words.filterLabel, actionId: ACTION.homeFilter, value: 'filter' }),
      ...(filterText(filter).length === 0
        ? []
        : [
            button({
              text: words.clear,
              label: words.clearLabel,
              actionId: ACTION.homeClear,
              value: 'clear',
            }),
          ]),
      refreshButton(),
    ],
  };
}

/** How many stand where, as bars to the same scale, and how AWS decided. */
function pipeline({ parts, figures }: HomeShown): KnownBlock[] {
  const { approved, rejected, ours, days } = figures;
  const counts = (
    [
      ['needs', parts.needs.total],
      ['waiting', parts.waiting.total],
      ['ready', parts.ready.total],
      ['referred', parts.referred.total],
      ['approved', approved],
      ['rejected', rejected],
    ] as const
  ).filter(([, total]) => total > 0);
  if (counts.length === 0) return [];
  const most = Math.max(...counts.map(([, total]) => total));
  const bar = (total: number) => '▇'.repeat(Math.max(1, Math.round((total / most) * BAR_LENGTH)));
  const said = [
    ...(ours.decided === 0
      ? []
      : [
          words.rate(count(ours.approved), count(ours.decided), percent.format(ours.approved / ours.decided)),
        ]),
    ...(days === undefined ? [] : [words.toDecision(daysText(days.median), count(days.of))]),
  ];
  return [
    section(counts.map(([name, total]) => `${bar(total)} *${count(total)}* ${words.bars[name]}`).join('\n')),
    ...(said.length === 0 ? [] : [context(`${said.join('; ')}.`)]),
  ];
}

const percent = new Intl.NumberFormat('en-US', { style: 'percent' });
const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const daysText = (days: number): string => {
  const shown = tenths.format(days);
  return shown === '1' ? words.days(1) : `${shown} days`;
};

/** As of when, of which deals, in what order, and what of AWS's list is missing. */
function notesOf({ at, catalog, list, filter }: HomeShown): string[] {
  const said =
    list.type === 'unavailable'
      ? words.noList[list.why]
      : list.readAt === undefined
        ? words.readingSoFar
        : words.listAsOf(moment(list.readAt));
  const by = filterText(filter);
  return [
    `${words.asOf(moment(at), catalogName(catalog))} ${said}`,
    ...(by.length === 0 ? [] : [by.join(' · ')]),
  ];
}

function filterText({ opportunityId, owner, status, stage, sort }: HomeShown['filter']): string[] {
  const only = [
    ...(owner === undefined ? [] : [mention(owner)]),
    ...[opportunityId, status, stage].flatMap((each) =>
      each === undefined ? [] : [foreign(each, WORD_LENGTH)],
    ),
  ];
  return [
    ...(only.length === 0 ? [] : [words.filtered(only)]),
    ...(sort === undefined ? [] : [words.sortedBy[sort]]),
  ];
}

function partBlocks(name: HomePartName, tab: HomeShown, dealPage: DealPage): KnownBlock[] {
  const part = tab.parts[name];
  // Most partners have none, and one deal that was looked for is in one part.
  const isLookedFor = tab.filter.opportunityId !== undefined;
  if (part.total === 0 && (name === 'referred' || isLookedFor)) return [];
  const title = name === 'needs' && tab.whose === 'team' ? words.needsSomebody : words.parts[name];
  const isFiltered =
    tab.filter.owner !== undefined || tab.filter.status !== undefined || tab.filter.stage !== undefined;
  const notes = [
    ...(part.spend.length === 0 || part.total < 2
      ? []
      : [words.spendOf(count(part.counted), count(part.total), spendText(part.spend))]),
    ...(part.total === 0 ? [isFiltered ? words.nothingFiltered : words.nothing[name]] : []),
    ...(part.total === 0 ? [] : [words.notes[name] ?? []].flat()),
  ];
  return [
    { type: 'divider' },
    header(words.withCount(title, count(part.total))),
    ...(notes.length === 0 ? [] : [context(...notes)]),
    ...part.rows.map((row) => rowBlock(row, tab, dealPage)),
    ...paging(name, title, part),
  ];
}

/** Turns to the pages before and after, where there are any. */
function paging(part: HomePartName, title: string, { page, pages }: PartShown): KnownBlock[] {
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
