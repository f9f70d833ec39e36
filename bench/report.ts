import {
  type Figure,
  isReached,
  type Measured,
  ratioOf,
  type Summary,
  summaryOf,
  type Target,
} from './figures.ts';
import type { Machine } from './machine.ts';

/** What a run measured. */
export interface Report {
  /** An ISO date, without the time. */
  readonly date: string;
  readonly machine: Machine;
  readonly figures: readonly Measured[];
}

const HEADINGS = ['what', 'measured', 'against', 'ratio', 'to reach', 'reached'] as const;
type Cells = readonly [string, string, string, string, string, string];

/** For a terminal: the columns below each other. */
export function asText({ date, machine, figures }: Report): string {
  const lines = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const aligned = lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [machineLine(machine, date), '', ...aligned].join('\n');
}

/** For a document: a table between what was measured on, and when. */
export function asMarkdown({ date, machine, figures }: Report): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    machineLine(machine, date),
    '',
    row(HEADINGS),
    row(HEADINGS.map(() => '---')),
    ...figures.map((figure) => row(cellsOf(figure))),
  ].join('\n');
}

/** The report with what follows from it, for a program. */
export const asJson = ({ figures, ...rest }: Report): string =>
  JSON.stringify(
    {
      ...rest,
      figures: figures.map((figure) =>
        'skipped' in figure
          ? figure
          : {
              ...figure,
              summary: summaryOf(figure.rounds),
              ratio: ratioOf(figure) ?? null,
              reached: isReached(figure) ?? null,
            },
      ),
    },
    null,
    2,
  );

const BEGIN = '<!-- npm run bench writes from here -->';
const END = '<!-- to here -->';

/**
 * A document with the table between its two markers replaced.
 *
 * @throws Error where the document has no such markers.
 */
export function withTable(document: string, table: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`There is no ${BEGIN} … ${END} to write to.`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}

const machineLine = ({ processor, cores, memoryGb, system, node }: Machine, date: string): string =>
  `${date}: ${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}. Medians, with the lowest and the highest round.`;

function cellsOf(figure: Measured): Cells {
  if ('skipped' in figure) return [figure.what, `skipped: ${figure.skipped}`, '', '', '', ''];
  const { what, unit, rounds, against, targets = [], note } = figure;
  const ratio = ratioOf(figure);
  const reached = isReached(figure);
  return [
    note === undefined ? what : `${what} (${note})`,
    `${spread(summaryOf(rounds))} ${unit}`,
    against === undefined ? '' : `${against.what}: ${spread(summaryOf(against.rounds))} ${unit}`,
    ratio === undefined ? '' : `${spread(ratio)} ×`,
    targets.map((target) => targetText(target, figure)).join(', '),
    reached === undefined ? 'stated' : reached ? 'yes' : 'no',
  ];
}

/** The median and, where the rounds differ, the lowest and highest. */
function spread({ median, lowest, highest }: Summary): string {
  const [middle, low, high] = [median, lowest, highest].map(rounded);
  return low === high ? `${middle}` : `${middle} (${low}–${high})`;
}

const targetText = ({ of, bound, limit }: Target, { unit }: Figure): string =>
  `${bound === 'at most' ? '≤' : '≥'} ${limit.toLocaleString('en')} ${of === 'ratio' ? '×' : unit}`;

/** Three digits, or all of a large number. */
function rounded(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
