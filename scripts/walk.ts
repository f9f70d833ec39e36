import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoChannels, demoPeople } from '../demo/slack/demo-workspace.ts';
import type { SlackStandIn } from '../demo/slack/stand-in.ts';
import { startDemo } from '../demo/start.ts';
import { reads } from '../test/e2e/words-on-screen.ts';

/**
 * `npm run walk`: how far an act goes through `src`. By V8's coverage of the demo's bot: the files and functions that
 * run between a press and what it leads to, less those that run while nobody does anything.
 *
 * `npm run walk -- --files` names the files too.
 */
const { ana } = demoPeople;
const { deals } = demoChannels;
const SOURCES = new URL('../src/', import.meta.url).href;
/** Long enough for everything that the bot does of itself (milliseconds). */
const IDLE_MS = 6000;

interface Walk {
  readonly name: string;
  /** Brings things to where the act begins. */
  readonly before: (slack: SlackStandIn) => Promise<void>;
  /** The act, until what it leads to is there. */
  readonly act: (slack: SlackStandIn) => Promise<void>;
}

const says = (words: string) => (shown: Parameters<typeof reads>[0]) => reads(shown).includes(words);

const openForm = async (slack: SlackStandIn, id: string): Promise<void> => {
  await slack.slashCommand({ user: ana, channel: deals, text: id });
  await slack.waitForView(ana, (view) => !reads(view).includes('Looking up'));
};

const walks: readonly Walk[] = [
  {
    name: 'command → form',
    before: async () => {},
    act: (slack) => openForm(slack, 'O1001'),
  },
  {
    name: 'Submit → approval pending',
    before: async (slack) => {
      await openForm(slack, 'O1001');
      await slack.fillIn(ana, { involvement_type: 'Co-Sell', visibility: 'Full', lock: ['understood'] });
    },
    act: async (slack) => {
      await slack.submitView(ana);
      await slack.waitForMessage(deals, says('Approval pending'));
    },
  },
  {
    name: 'a fix',
    before: (slack) => openForm(slack, 'O3005'),
    act: async (slack) => {
      await slack.clickViewButton({ user: ana, actionId: 'fix_here' });
      await slack.waitForView(ana, says('AWS asks for changes'));
      await slack.fillIn(ana, {
        'Project.CustomerBusinessProblem': 'Planning is slow and manual, and nobody sees the whole of it.',
      });
      await slack.submitView(ana);
      await slack.waitForMessage(deals, says('Sent back to AWS: O3005'), { as: ana });
    },
  },
];

/** The functions of `src` that have run since the last call, as `file function@offset`. */
async function ran(session: Session): Promise<ReadonlySet<string>> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return new Set(
    result
      .filter(({ url }) => url.startsWith(SOURCES))
      .flatMap(({ url, functions }) =>
        functions
          // Without a name at the start of a file: the file itself, as it is loaded.
          .filter(
            ({ functionName, ranges: [range] }) =>
              (range?.count ?? 0) > 0 && (functionName !== '' || range?.startOffset !== 0),
          )
          .map(
            ({ functionName, ranges: [range] }) =>
              `${relative(fileURLToPath(SOURCES), fileURLToPath(url))} ${functionName}@${range?.startOffset}`,
          ),
      ),
  );
}

const fileOf = (entry: string): string => entry.split(' ')[0] ?? '';

async function measure({ before, act }: Walk): Promise<{ files: readonly string[]; functions: number }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const demo = await startDemo();
  try {
    await before(demo.slack);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    await ran(session);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idle = await ran(session);
    await act(demo.slack);
    const crossed = [...(await ran(session))].filter((entry) => !idle.has(entry));
    return { files: [...new Set(crossed.map(fileOf))].sort(), functions: crossed.length };
  } finally {
    await demo.stop();
    session.disconnect();
  }
}

for (const walk of walks) {
  const { files, functions } = await measure(walk);
  console.log(`${walk.name}: ${files.length} files, ${functions} functions`);
  if (process.argv.includes('--files')) for (const file of files) console.log(`  ${file}`);
}
