import { connectBeside } from '../database/connect.ts';
import { type Overview, readOverview } from '../observability/overview.ts';
import type { State } from '../submissions/submission.ts';
import { runCommand } from './command.ts';

await runCommand({
  usage: `Usage: npm run status
       npm run -s status -- --json

  --json  for a program

Says what is waiting, in doubt or untold, from the database; asks neither Slack nor AWS, and changes nothing.`,
  options: { json: { type: 'boolean', default: false } },
  failure: "The status can't be read",
  run: async ({ json }, { config }) => {
    const { database, paused } = config();
    const { db, close } = await connectBeside(database, 'read');
    const overview = await readOverview(db, new Date());
    await close();
    console.log(
      json ? JSON.stringify({ ...overview, pausedBySetting: paused }, undefined, 2) : table(overview, paused),
    );
    return 0;
  },
});

/** For a person at a terminal. */
function table(overview: Overview, paused: boolean): string {
  const now = Date.parse(overview.at);
  const ago = (time: string | null) => (time === null ? 'never' : `${age(now - Date.parse(time))} ago`);
  const inState = (name: State) => overview.states.find(({ state }) => state === name);
  const rows = [
    ['waiting to be sent', inState('requested')],
    ['being sent', inState('sending')],
    ['in doubt', inState('uncertain')],
    ['not seen at AWS', inState('not_seen')],
    ['waiting for AWS', overview.waitingForAws],
    ['refused by AWS', inState('refused')],
    ['edits of deals', overview.edits],
    ['untold', overview.untold],
  ] as const;
  const none = { count: 0, oldest: null };
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, { count, oldest } = none]) =>
      `${name.padEnd(width)}  ${String(count).padStart(6)}  ${count === 0 ? '' : `oldest ${ago(oldest)}`}`.trimEnd(),
    ),
    '',
    `sending     ${sending(overview.pause, paused)}`,
    `last poll   ${ago(overview.lastPoll)}`,
    `last sweep  ${ago(overview.lastSweep)}`,
    ...(overview.attention.length === 0 ? [] : ['', 'worth a look:']),
    ...overview.attention.map(
      (entry) =>
        `  ${entry.opportunity}  ${entry.state}, ${ago(entry.since)}: ${entry.problem}  (${entry.submission})`,
    ),
  ].join('\n');
}

function sending(pause: Overview['pause'], paused: boolean): string {
  if (paused) return 'paused by the setting PAUSED';
  if (pause === null) return 'running';
  return `paused: ${pause.why}; next try ${pause.nextTry}`;
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
